"""A chain with a residual connection: its input is added to its output."""

from __future__ import annotations

from pellucid.combinators.chain import Chain
from pellucid.errors import ShapeError
from pellucid.layer import shape_of
from pellucid.masked import values_of, with_values
from pellucid.types import Cache, Key, Params, State, Tree


class Residual(Chain, init=False):
    """``y = x + f(x)``, f being the chain of the layers inside. Backward: ``dx = dy + df(dy)``, ``df`` the chain's.

    Shapes: x and y alike, arrays or ``Masked``; raises ShapeError where f changes the shape. Source: He et al. 2016,
    "Deep residual learning for image recognition", eq. 1.
    """

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        y, cache, state = super().forward(params, state, x, key, train)
        before, after = values_of(x), values_of(y)
        if after.shape != before.shape:
            raise ShapeError(
                f"{self!r} adds its input of shape {shape_of(before)} to an output of shape {shape_of(after)}: "
                "they must be alike"
            )
        return with_values(y, before + after), cache, state

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        dparams, dx = super().backward(params, cache, dy)
        return dparams, with_values(dx, values_of(dy) + values_of(dx))
