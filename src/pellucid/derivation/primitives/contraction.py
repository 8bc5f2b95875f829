"""How much a code changes with its input: the slope of its units, and the length of their weights."""

from __future__ import annotations

from pellucid.derivation.primitives.primitive import Primitive
from pellucid.types import Array, Params, Tree


class Slope(Primitive):
    """``slope = s'(a)`` from ``code = s(a)``: ``code (1 - code)`` if s is ``logistic``, else ``1 - code^2``."""

    logistic: bool

    def value(self, params: Params, x: Array) -> Array:
        return x * (1.0 - x) if self.logistic else 1.0 - x**2

    def gradients(self, params: Params, x: Array, dy: Array) -> tuple[Params, Array]:
        return {}, dy * ((1.0 if self.logistic else 0.0) - 2.0 * x)


class SquaredLengths(Primitive):
    """``n_k = sum_i W_ik^2``: the squared length of the weights into each unit. It has no input."""

    def value(self, params: Params, x: Tree) -> Array:
        return (params["W"] ** 2).sum(axis=0)

    def gradients(self, params: Params, x: Tree, dy: Array) -> tuple[Params, Tree]:
        return {"W": 2.0 * params["W"] * dy}, x


class Contraction(Primitive):
    """``c = sum_k slope_k^2 n_k``, (B, ..., 1)."""

    def value(self, params: Params, x: Tree) -> Array:
        return (x["slope"] ** 2 * x["lengths"]).sum(axis=-1, keepdims=True)

    def gradients(self, params: Params, x: Tree, dy: Array) -> tuple[Params, Tree]:
        slope = x["slope"]
        axes = tuple(range(slope.ndim - 1))
        return {}, {"slope": dy * 2.0 * slope * x["lengths"], "lengths": (dy * slope**2).sum(axis=axes)}
