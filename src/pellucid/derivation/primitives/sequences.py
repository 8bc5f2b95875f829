"""Sequences as single steps, and single steps as a sequence; differences from the last step."""

from __future__ import annotations

import numpy as np

from pellucid.derivation.primitives.primitive import Primitive
from pellucid.types import Array, Params, Tree


class Fold(Primitive):
    """(B, T, ...) as (B T, ...): each step is an example."""

    def value(self, params: Params, x: Array) -> Array:
        return x.reshape(-1, *x.shape[2:])

    def gradients(self, params: Params, x: Array, dy: Array) -> tuple[Params, Array]:
        return {}, dy.reshape(x.shape)


class Unfold(Primitive):
    """(B T, ...) as (B, T, ...), T being ``steps``."""

    steps: int

    def value(self, params: Params, x: Array) -> Array:
        return x.reshape(-1, self.steps, *x.shape[1:])

    def gradients(self, params: Params, x: Array, dy: Array) -> tuple[Params, Array]:
        return {}, dy.reshape(x.shape)


class Stack(Primitive):
    """T arrays (B, K), one for each step, as a sequence (B, T, K)."""

    def value(self, params: Params, x: Tree) -> Array:
        return np.stack(x, axis=1)

    def gradients(self, params: Params, x: Tree, dy: Array) -> tuple[Params, Tree]:
        return {}, tuple(dy[:, step] for step in range(len(x)))


class SubtractLast(Primitive):
    """``y_t = x_t - x_T``, x (B, T, D): what a sequence differs by from its last step."""

    def value(self, params: Params, x: Array) -> Array:
        return x - x[:, -1:]

    def gradients(self, params: Params, x: Array, dy: Array) -> tuple[Params, Array]:
        dx = dy.copy()
        dx[:, -1] -= dy.sum(axis=1)
        return {}, dx


class AddLast(Primitive):
    """``y_h = z_h + x_T`` for the pair (x, z): the last step of x (B, T, D) on every step of z (B, H, K), K <= D."""

    def value(self, params: Params, x: Tree) -> Array:
        whole, z = x
        return z + whole[:, -1:, : z.shape[-1]]

    def gradients(self, params: Params, x: Tree, dy: Array) -> tuple[Params, Tree]:
        dx = np.zeros_like(x[0])
        dx[:, -1, : dy.shape[-1]] = dy.sum(axis=1)
        return {}, (dx, dy)
