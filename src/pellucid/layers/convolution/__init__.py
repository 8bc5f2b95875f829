"""Convolutions: over sequences, over images, transposed, and by channel."""
