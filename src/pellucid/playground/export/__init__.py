"""A network of the playground as something to take along: programs, a configuration, its weights, its data."""
