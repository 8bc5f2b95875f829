"""How data reaches the steps: checked examples, shards that are in memory together, reading ahead."""
