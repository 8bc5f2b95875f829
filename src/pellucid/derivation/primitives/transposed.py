"""A weighted sum by the transposed weights of another layer."""

from __future__ import annotations

from pellucid.derivation.primitives.primitive import Primitive
from pellucid.types import Array, Params


class TransposedDense(Primitive):
    """``y = x W^T``: W (D, K) leads from D numbers to K; its transpose leads back, x (B, ..., K) to y (B, ..., D)."""

    def value(self, params: Params, x: Array) -> Array:
        return x @ params["W"].T

    def gradients(self, params: Params, x: Array, dy: Array) -> tuple[Params, Array]:
        rows_x, rows_dy = x.reshape(-1, x.shape[-1]), dy.reshape(-1, dy.shape[-1])
        return {"W": rows_dy.T @ rows_x}, dy @ params["W"]
