"""Principal components as a run folder keeps them: what is said of them as JSON, their matrices as arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from pellucid.data.preparation.decorrelate import Decorrelate
from pellucid.data.preparation.whiten import Whiten
from pellucid.errors import DataError

Rotation: TypeAlias = Decorrelate | Whiten

WHAT = "this is not a stored preprocessing: rotation"


def describe_rotation(rotation: Rotation) -> dict[str, Any]:
    """All of it but its arrays, for JSON."""
    described: dict[str, Any] = {"type": type(rotation).__name__, "notes": list(rotation.notes)}
    if isinstance(rotation, Whiten):
        described |= {"epsilon": rotation.epsilon, "zca": rotation.zca}
    return described


def rotation_arrays(rotation: Rotation) -> dict[str, np.ndarray]:
    """Its arrays by name, float64."""
    return {"mean": rotation.mean, "basis": rotation.basis, "variances": rotation.variances}


def restore_rotation(described: Any, arrays: Mapping[str, np.ndarray], columns: int) -> Rotation:
    """The rotation of ``columns`` columns that these describe, equal to the last bit. Raises DataError otherwise."""
    match described:
        case {"type": "Decorrelate", "notes": list(notes), **rest} if not rest:
            make: Callable[..., Rotation] = Decorrelate
        case {"type": "Whiten", "notes": list(notes), "epsilon": float(epsilon), "zca": bool(zca), **rest} if (
            not rest and 0 < epsilon < float("inf")
        ):
            make = partial(Whiten, epsilon=epsilon, zca=zca)
        case _:
            raise DataError(f"{WHAT}: neither Decorrelate nor Whiten: {described!r}")
    if set(arrays) != {"mean", "basis", "variances"}:
        raise DataError(
            f"{WHAT}: needs the arrays mean, basis and variances, not {', '.join(sorted(arrays)) or 'none'}"
        )
    mean, basis, variances = (arrays[name] for name in ("mean", "basis", "variances"))
    kept = len(variances) if variances.ndim else 0
    shapes = {"mean": (mean, (columns,)), "basis": (basis, (columns, kept)), "variances": (variances, (kept,))}
    for name, (array, shape) in shapes.items():
        if array.shape != shape or array.dtype != np.float64 or not np.isfinite(array).all() or 0 in shape:
            raise DataError(f"{WHAT}: {name} is not {shape} finite float64 numbers, but {array.dtype} {array.shape}")
    if not (variances > 0).all():
        raise DataError(f"{WHAT}: variances must be above 0, not {variances.min()}")
    return make((columns,), mean, tuple(map(str, notes)), basis, variances)
