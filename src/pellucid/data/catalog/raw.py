"""A named data set before it is split and scaled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class RawData:
    """What the loader of a named set gives.

    x is (B, D) in the units of the set; y is labels (B,) where there are ``classes``, else amounts (B,). ``pixels`` is
    the largest value of a pixel where a row of x is an image of ``image_shape``. ``parts`` are the rows of the official
    training, validation and test parts, where the set has them.
    """

    x: np.ndarray
    y: np.ndarray
    features: tuple[str, ...]
    target: str
    classes: tuple[str, ...] | None = None
    pixels: float | None = None
    image_shape: tuple[int, int] | None = None
    parts: tuple[np.ndarray, np.ndarray, np.ndarray] | None = None
