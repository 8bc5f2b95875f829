"""Confidence intervals of measures: how far one may be from its value on endlessly many examples."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from pellucid.runtime.deadline import Deadline

LEVEL = 0.95
"""The share of such intervals that hold the true value."""

Z = 1.959963984540054
"""The standard normal quantile of 0.975."""

DRAWS = 200
FEWEST_DRAWS = 100
"""From fewer draws no interval is made."""

Interval = tuple[float, float]


def wilson(right: float, count: int) -> Interval:
    """The interval of a share, ``right`` of ``count``, that is never outside 0 to 1. NaN where there is no example.

    ``(p + z^2/2n +- z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2/n)``. Source: Wilson 1927, "Probable inference, the
    law of succession, and statistical inference".
    """
    if count < 1:
        return math.nan, math.nan
    p, square = right / count, Z * Z
    centre = (p + square / (2 * count)) / (1 + square / count)
    reach = Z * math.sqrt(p * (1 - p) / count + square / (4 * count * count)) / (1 + square / count)
    return max(0.0, centre - reach), min(1.0, centre + reach)


def bootstrap(
    measure: Callable[[np.ndarray], Mapping[str, float]], count: int, of: int, deadline: Deadline, seed: int = 0
) -> dict[str, Interval]:
    """How far below and above each measure its interval reaches: percentiles of the measure on drawn examples.

    Args:
        measure: the measures of the examples with these row numbers, (count,), which may come more than once.
        count: how many examples there are to draw from.
        of: how many the measured part has, of which ``count`` were chosen: its interval is narrower.
        deadline: after it no more is drawn.
        seed: draws the rows.

    Returns:
        For each measure ``(low, high)``, to be added to it; none after fewer than 100 draws, for fewer than two
        examples, for measures that are not finite, and for those that are alike in all draws.

    Source: Efron 1979, "Bootstrap methods: another look at the jackknife".
    """
    if count < 2:
        return {}
    rng = np.random.default_rng(seed)
    told, drawn = measure(np.arange(count)), []
    for _ in range(DRAWS):
        if deadline.is_over():
            break
        drawn.append(measure(rng.integers(0, count, count)))
    if len(drawn) < FEWEST_DRAWS:
        return {}
    scale, found = math.sqrt(count / max(of, count)), {}
    for name, value in told.items():
        values = np.array([draw.get(name, math.nan) for draw in drawn])
        if math.isfinite(value) and np.isfinite(values).all():
            low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
            if low < high:
                found[name] = (float(low - value) * scale, float(high - value) * scale)
    return found
