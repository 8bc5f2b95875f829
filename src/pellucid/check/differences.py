"""Numerical slopes with a bound on their error, and what a kink does to a difference.

A central difference is wrong where the function has a kink (a ReLU switching, a maximum changing hands) between
``-h`` and ``h``, though the gradient at the point itself may be right. ``measure`` finds out: where a difference
disagrees with the slope it is to confirm, it looks from each side alone, then with a smaller step; and so where the
function curves so much that the step is too long. What is smooth looks the same from both sides and at every step, so
a wrong slope stays wrong however one looks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pellucid.check.oracles import LineValues, central, sides
from pellucid.types import Array

RIGHT = 1e-7
"""Below this relative error two slopes agree."""

WRONG = 1e-4
"""Above this relative error one of two slopes is wrong."""

SHRINK = (1.0, 0.1, 0.01)
"""The steps tried at a kink, as parts of the first step."""


@dataclass(frozen=True)
class Measured:
    """Numerical slopes along lines, the floors of their relative errors, and where the function bends on the way."""

    value: Array
    floor: Array
    kink: Array


def relative_error(a: Array, b: Array, floor: Array | float) -> Array:
    """``|a - b| / max(|a|, |b|, floor)``; infinity where either is not a finite number.

    The floor keeps noise from looking like a fault: where both numbers are smaller than it, their difference is
    measured against the floor instead. It is chosen so that noise of the expected size stays below ``RIGHT``.
    """
    finite = np.isfinite(a) & np.isfinite(b)
    a, b = np.where(finite, a, 1.0), np.where(finite, b, -1.0)
    scale = np.maximum(np.maximum(np.abs(a), np.abs(b)), floor)
    error = np.abs(a - b) / np.where(scale > 0.0, scale, 1.0)
    return np.where(finite, error, np.inf)


def measure(line: LineValues, which: Array, steps: Array, slopes: Array, middle: float, noise: float) -> Measured:
    """The numerical slope along each of the lines ``which``, to be held against ``slopes``.

    ``middle`` is the function at the point, ``noise`` the rounding error of one of its values.
    """
    value, floor = central(line, which, steps), noise / (steps * RIGHT)
    kink = np.zeros(len(which), bool)
    doubtful = np.flatnonzero(relative_error(slopes, value, floor) > RIGHT)
    for part in SHRINK:
        n, h = doubtful, steps[doubtful] * part
        value[n], floor[n] = central(line, which[n], h), noise / (h * RIGHT)
        side_floor = 4.0 * floor[n]
        below, above, bends = both_sides(line, which[n], h, middle, noise)
        kink[n] |= bends
        settled = ~bends & (relative_error(value[n], (below + above) / 2.0, side_floor) <= RIGHT)
        for side in (below, above):
            like = relative_error(slopes[n], side, side_floor) <= RIGHT
            value[n[like]], floor[n[like]] = side[like], side_floor[like]
            settled |= like
        doubtful = n[~settled]
    return Measured(value, floor, kink)


def both_sides(line: LineValues, which: Array, h: Array, middle: float, noise: float) -> tuple[Array, Array, Array]:
    """The slopes from below and from above, and whether they differ by more than rounding explains."""
    below, above = sides(line, which, h, middle)
    return below, above, relative_error(below, above, 4.0 * noise / (h * RIGHT)) > RIGHT
