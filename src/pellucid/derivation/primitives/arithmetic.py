"""Sums and products of whole arrays, number by number."""

from __future__ import annotations

from pellucid.derivation.primitives.primitive import Primitive
from pellucid.types import Array, Params, Tree


class Add(Primitive):
    """``y = x_1 + x_2``: where a shortcut joins the branch that it bypasses."""

    def value(self, params: Params, x: Tree) -> Array:
        return x[0] + x[1]

    def gradients(self, params: Params, x: Tree, dy: Array) -> tuple[Params, Tree]:
        return {}, (dy, dy)


class Multiply(Primitive):
    """``y = x_1 x_2``: a gate and the number that it scales."""

    def value(self, params: Params, x: Tree) -> Array:
        return x[0] * x[1]

    def gradients(self, params: Params, x: Tree, dy: Array) -> tuple[Params, Tree]:
        return {}, (dy * x[1], dy * x[0])


class Shift(Primitive):
    """``y = x + b``: a bias for each feature, x (B, ..., D)."""

    def value(self, params: Params, x: Array) -> Array:
        return x + params["b"]

    def gradients(self, params: Params, x: Array, dy: Array) -> tuple[Params, Array]:
        return {"b": dy.reshape(-1, dy.shape[-1]).sum(axis=0)}, dy
