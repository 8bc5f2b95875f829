"""Neurons as logic: gates with given weights, and regions of the plane made of them.

One sigmoid unit is a soft yes-or-no question about a weighted sum. One layer asks on which side of a line a point
lies; a second takes the AND of such answers, a convex region; a third the OR of regions, any shape at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pellucid.combinators import Chain
from pellucid.errors import ConfigError, UnknownNameError
from pellucid.layers import Dense, Sigmoid
from pellucid.types import Array, Params

STRENGTH = 20.0
"""How strongly a gate answers. The smallest pre-activation that a gate sees is half of it: there the sigmoid is within
0.00005 of 0 or 1."""

GATES = ("and", "nand", "nor", "not", "or", "xnor", "xor")

Point = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Circuit:
    """A network of sigmoid units whose weights were given, not learnt."""

    model: Chain
    params: Params

    def __call__(self, x: Any) -> Array:
        """The answer, between 0 (no) and 1 (yes), for each row of x (B, D): (B,)."""
        state: dict[str, Any] = {name: {} for name in self.model.names}
        y, _, _ = self.model.forward(self.params, state, np.asarray(x, dtype=np.float64))
        return y[:, 0]


def gate(name: str, inputs: int | None = None) -> Circuit:
    """The gate of that name: its inputs are 0 or 1, two of them unless told otherwise, one for NOT.

    With s = 20 and n inputs, AND has every weight s and the bias ``-s (n - 1/2)``, for two inputs (-30, 20, 20); OR the
    bias ``-s / 2``; NAND and NOR are their negatives; NOT has the weight -s and the bias ``s / 2``. These are one unit.
    XOR = AND(OR, NAND) and XNOR = OR(AND, NOR) take two layers: no line parts their ones from their zeros.
    Raises UnknownNameError for another name, ConfigError for a number of inputs that the gate does not take.
    """
    if name not in GATES:
        raise UnknownNameError("gate", name, GATES)
    fixed = {"not": 1, "xor": 2, "xnor": 2}.get(name)
    count = inputs if inputs is not None else fixed or 2
    if count < 1 or count != (fixed or count):
        raise ConfigError(f"gate: {name} takes {fixed or 'at least 1'} input(s), not {count}")
    if name == "xor":
        return _circuit([_unit("or", 2), _unit("nand", 2)], [_unit("and", 2)])
    if name == "xnor":
        return _circuit([_unit("and", 2), _unit("nor", 2)], [_unit("or", 2)])
    return _circuit([_unit(name, count)])


def half_plane(a: Point, b: Point, steepness: float = STRENGTH) -> Circuit:
    """Yes to the left of the line from ``a`` to ``b``: one unit, one layer."""
    return _circuit([_side(a, b, steepness)])


def convex_region(corners: Sequence[Point], steepness: float = STRENGTH) -> Circuit:
    """Yes inside the convex polygon with these corners, counterclockwise: the AND of its half-planes, two layers."""
    return _circuit(_sides(corners, steepness), [_unit("and", len(corners))])


def union(polygons: Sequence[Sequence[Point]], steepness: float = STRENGTH) -> Circuit:
    """Yes inside any of the convex polygons: the OR of ANDs of half-planes, three layers; any shape is such a union."""
    sides = [side for corners in polygons for side in _sides(corners, steepness)]
    ands = []
    first = 0
    for corners in polygons:
        weights, bias = _unit("and", len(corners))
        padded = np.zeros(len(sides))
        padded[first : first + len(corners)] = weights
        ands.append((padded, bias))
        first += len(corners)
    return _circuit(sides, ands, [_unit("or", len(polygons))])


Unit = tuple[Array, float]
"""The weights and the bias of one unit."""


def _unit(name: str, n: int) -> Unit:
    weights = np.full(n, STRENGTH)
    bias = {"and": -STRENGTH * (n - 0.5), "or": -STRENGTH / 2}
    positive = {"nand": "and", "nor": "or", "not": "or"}.get(name)
    return (weights, bias[name]) if positive is None else (-weights, -bias[positive])


def _side(a: Point, b: Point, steepness: float) -> Unit:
    """Its pre-activation is steepness times the distance from the line through a and b, positive on the left."""
    (x1, y1), (x2, y2) = a, b
    length = float(np.hypot(x2 - x1, y2 - y1))
    if length == 0.0:
        raise ConfigError(f"half_plane: {a} and {b} are one point: a line needs two")
    normal = np.array([y1 - y2, x2 - x1]) / length
    return steepness * normal, -steepness * float(normal @ np.array(a))


def _sides(corners: Sequence[Point], steepness: float) -> list[Unit]:
    if len(corners) < 3:
        raise ConfigError(f"a region needs at least 3 corners, not {len(corners)}")
    units = [_side(a, b, steepness) for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)]
    for weights, bias in units:
        if (np.array(corners) @ weights + bias < -1e-9 * steepness).any():
            raise ConfigError("a region's corners must go round a convex polygon counterclockwise")
    return units


def _circuit(*layers: Sequence[Unit]) -> Circuit:
    model = Chain(*(layer for units in layers for layer in (Dense(len(units)), Sigmoid())))
    params: Params = {name: {} for name in model.names}
    for i, units in enumerate(layers):
        weights, biases = zip(*units, strict=True)
        params[f"dense_{i + 1}"] = {"W": np.stack(weights, axis=1), "b": np.array(biases)}
    return Circuit(model, params)


__all__ = ["Circuit", "convex_region", "gate", "half_plane", "union"]
