"""Noise in training: dropout of each kind, and draws from the normal distribution."""
