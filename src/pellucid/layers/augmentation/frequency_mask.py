"""Bands of frequency hidden at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import validate
from pellucid.layers.augmentation.occlusion import Occlusion, random_intervals
from pellucid.layers.features import check_sequence
from pellucid.types import Array, Key

if TYPE_CHECKING:
    from jaxtyping import Float


class FrequencyMask(Occlusion):
    """``y = x mask`` in training: ``count`` runs of neighbouring bands are 0 all the time; in use ``y = x``.

    Each is up to ``bands`` wide (every width from 0 equally likely), and anywhere. The network learns from the rest.
    Backward: ``dx = dy mask``. Shapes: x and y (B, T, F), a spectrogram of F bands. The cache keeps the ``mask``
    (B, 1, F), in use of 1. Raises ConfigError for bands or a count below 1, and in training without a key, ShapeError
    unless x has three axes. Source: Park et al. 2019, "SpecAugment: a simple data augmentation method for automatic
    speech recognition", section 2.
    """

    bands: int
    count: int = 1

    def __post_init__(self) -> None:
        validate.positive_int(self, "bands", self.bands)
        validate.positive_int(self, "count", self.count)

    def check(self, x: Float[Array, "B T F"]) -> None:
        check_sequence(self, x)

    def hidden_mask(self, x: Float[Array, "B T F"], key: Key) -> Array:
        return random_intervals(key, x, 2, self.bands, self.count)
