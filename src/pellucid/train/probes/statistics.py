"""Statistics of an array: mean, deviation, root mean square, smallest and largest number."""

from __future__ import annotations

from pellucid import ops
from pellucid.types import Array


def statistics(name: str, x: Array) -> dict[str, Array]:
    """``name_mean``, ``name_std``, ``name_rms``, ``name_min`` and ``name_max`` of the numbers of ``x``."""
    mean = x.sum() / x.size
    centred = x - mean
    variance = (centred * centred).sum() / x.size
    sqrt = ops.namespace(x).sqrt
    return {
        f"{name}_mean": mean,
        f"{name}_std": sqrt(variance),
        f"{name}_rms": sqrt(variance + mean * mean),
        f"{name}_min": x.min(),
        f"{name}_max": x.max(),
    }


def norm(x: Array) -> Array:
    """``sqrt(sum x^2)``."""
    return ops.namespace(x).sqrt((x * x).sum())
