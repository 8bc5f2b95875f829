"""A network as its layers and the numbers that go between them, and what those are called."""
