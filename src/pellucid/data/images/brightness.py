"""The range of pixel values: bytes, 16 bits, and numbers whose range only the data show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from pellucid.errors import DataError

BYTES = 255.0
WHITE_OF_TYPE = {"bool": 1.0, "uint8": BYTES, "uint16": 65535.0}
"""What white is in types whose every value is in use."""

WHITES = (1.0, BYTES, 65535.0)
"""What white may be in other types."""

TOLERANCE = 1.01
"""How far above white, as a factor, pixels may come by rounding or resampling."""

FAR_ABOVE = 2.0
"""How far above white, as a factor, pixels are of another range."""


def find_largest(images: Sequence[np.ndarray], places: Iterable[str]) -> tuple[float, str] | None:
    """The largest pixel of images of floats or of more than 16 bits, and where; None where there are none.

    Raises DataError for pixels that are below 0, above 65535 or not finite.
    """
    largest: tuple[float, str] | None = None
    for pixels, place in zip(images, places, strict=True):
        if pixels.dtype.name not in WHITE_OF_TYPE:
            lowest, highest = float(pixels.min()), float(pixels.max())
            if not (lowest >= 0 and highest <= TOLERANCE * WHITES[-1]):
                raise DataError(
                    f"{place}: pixels of type {pixels.dtype} from {lowest:.6g} to {highest:.6g}: bring them to 0 to 1, "
                    "0 to 255 or 0 to 65535 first, all images alike"
                )
            largest = max(largest or (0.0, place), (highest, place))
    return largest


def white_above(largest: float) -> float:
    """What white is where this is the largest pixel: the smallest of 1, 255, 65535 that it does not exceed."""
    return next(white for white in WHITES if largest <= TOLERANCE * white)


def to_bytes_scale(pixels: np.ndarray, white: float | None) -> np.ndarray:
    """The pixels from 0 to 255: bytes as they are, others as float32; ``white`` for types that do not say it."""
    if pixels.dtype == np.uint8:
        return pixels
    scale = WHITE_OF_TYPE.get(pixels.dtype.name, white or BYTES)
    return (pixels.astype(np.float64) * (BYTES / scale)).astype(np.float32)
