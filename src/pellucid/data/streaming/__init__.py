"""Data larger than memory: read a stretch at a time, never all at once."""
