"""Sinusoidal position embeddings: sines and cosines of the number of each step."""

from __future__ import annotations

import numpy as np

from pellucid import ops
from pellucid.layer import Layer
from pellucid.layers.features import check_sequence
from pellucid.masked import values_of, with_values
from pellucid.types import Cache, Key, Params, State, Tree

LONGEST = 10_000.0
"""The wavelengths of the features go from 2 pi steps up to nearly this many times as much."""


class SinusoidalPositions(Layer):
    """``y_t = x_t + p_t`` with ``p_{t, 2i} = sin(t / 10000^(2i / D))`` and ``p_{t, 2i+1}`` the cosine of the same.

    So a layer that takes no notice of order, such as ``MultiHeadAttention``, can tell the steps t = 0, 1, ... apart:
    each pair of features is the hand of a clock, each clock slower than the one before. Where D is odd, the last sine
    has no cosine. There are no weights, so a sequence may be of any length.
    Backward: ``dx = dy``. Shapes: x and y (B, T, D), or both ``Masked``; the cache keeps the ``positions`` p (T, D).
    Raises ShapeError unless x has three axes and at least one step. Source: Vaswani et al. 2017, "Attention is all
    you need", section 3.5.
    """

    def init(self, key: Key, x: Tree) -> tuple[Params, State]:
        check_sequence(self, values_of(x))
        return {}, {}

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        values = values_of(x)
        check_sequence(self, values)
        positions = ops.namespace(values).asarray(waves(*values.shape[1:]), dtype=values.dtype)
        return with_values(x, values + positions), {"positions": positions}, state

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        return {}, dy


def waves(steps: int, features: int) -> np.ndarray:
    """The table p (steps, features): sines in the even columns, cosines in the odd ones."""
    column = np.arange(features)
    angle = np.arange(steps)[:, None] / LONGEST ** ((column - column % 2) / features)
    return np.where(column % 2 == 0, np.sin(angle), np.cos(angle))
