"""What symptoms read off the losses of epochs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pellucid.types import Array

LOOKED_BACK, FEWEST = 20, 6
"""Epochs that are looked back at, and how many there must be."""


class Rises(NamedTuple):
    """In ``rose`` of ``epochs`` the loss rose, by ``mean`` on average of those; no epochs where there are too few."""

    rose: int
    epochs: int
    mean: float

    @property
    def share(self) -> float:
        """The part of the epochs in which it rose."""
        return self.rose / self.epochs if self.epochs else 0.0


def rises_of(losses: Array) -> Rises:
    """The rises among the last ``LOOKED_BACK`` losses (n,); those that are not finite do not count."""
    recent = losses[-LOOKED_BACK:]
    changes = np.diff(recent[np.isfinite(recent)])
    if len(changes) < FEWEST:
        return Rises(0, 0, 0.0)
    up = changes[changes > 0]
    return Rises(len(up), len(changes), float(up.mean()) if len(up) else 0.0)


def fall_between_halves(losses: Array) -> float:
    """By how much the mean of the second half of the losses (n,) is below that of the first."""
    half = len(losses) // 2
    return float(losses[:half].mean() - losses[half:].mean())
