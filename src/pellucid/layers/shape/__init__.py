"""Layers that change the shape, and no number: flatten, reshape, permute, repeat, hide."""
