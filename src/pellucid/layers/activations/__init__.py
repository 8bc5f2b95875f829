"""Activations: elementwise ones, softmax and maxout."""
