"""Layers that draw random numbers in training."""

from __future__ import annotations

from pellucid.layer import Layer


class RandomLayer(Layer):
    """A layer that draws random numbers in every step of training, so that ``forward`` then needs a key."""

    def is_random(self) -> bool:
        """Always: every step of training draws."""
        return True
