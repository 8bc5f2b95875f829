"""Pooling: one number for each window, or for all of a channel."""
