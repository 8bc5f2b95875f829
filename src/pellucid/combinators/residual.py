"""A chain with a way around it."""

from __future__ import annotations

from pellucid.combinators.chain import Chain
from pellucid.errors import ShapeError
from pellucid.layer import shape_of
from pellucid.types import Array, Cache, Key, Params, State


class Residual(Chain, init=False):
    """``y = x + f(x)``, f being the chain of the layers inside. Backward: ``dx = dy + df(dy)``, ``df`` the chain's.

    Shapes: x and y alike; raises ShapeError where f changes the shape. Source: He et al. 2016, "Deep residual
    learning for image recognition", eq. 1.
    """

    def forward(
        self, params: Params, state: State, x: Array, key: Key | None = None, train: bool = False
    ) -> tuple[Array, Cache, State]:
        y, cache, state = super().forward(params, state, x, key, train)
        if y.shape != x.shape:
            raise ShapeError(
                f"{self!r} adds its input of shape {shape_of(x)} to an output of shape {shape_of(y)}: "
                "they must be alike"
            )
        return x + y, cache, state

    def backward(self, params: Params, cache: Cache, dy: Array) -> tuple[Params, Array]:
        dparams, dx = super().backward(params, cache, dy)
        return dparams, dy + dx
