"""Normalization: over the batch, over groups of channels, over features."""
