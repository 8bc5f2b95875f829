"""A chain that sees a series as differences from its last step."""

from __future__ import annotations

from pellucid import ops
from pellucid.combinators.chain import Chain
from pellucid.errors import ShapeError
from pellucid.layer import shape_of
from pellucid.types import Array, Cache, HasShape, Key, Params, State


class FromLast(Chain, init=False):
    """``y = f(x - x_T) + x_T``: the last step of a window is taken from all its steps, and put back on what f makes.

    f, the chain of the layers inside, then learns changes, and a series may wander to levels never seen in training.
    Backward: ``dx = df(dy)``, and to ``dx_T`` comes ``sum_h dy_h - sum_t df(dy)_t``, ``df`` the chain's.
    Shapes: x (B, T, D); y (B, H, K), K at most D, whose features are the first K of x.
    Raises ShapeError for other shapes. Source: Zeng et al. 2023, "Are transformers effective for time series
    forecasting?", section 4 (NLinear).
    """

    def init(self, key: Key, x: HasShape) -> tuple[Params, State]:
        self._check("x", x)
        return super().init(key, x)

    def forward(
        self, params: Params, state: State, x: Array, key: Key | None = None, train: bool = False
    ) -> tuple[Array, Cache, State]:
        self._check("x", x)
        last = x[:, -1:]
        y, cache, state = super().forward(params, state, x - last, key, train)
        self._check("an output", y)
        if y.shape[-1] > x.shape[-1]:
            raise ShapeError(f"{self!r} makes {y.shape[-1]} features of x with {x.shape[-1]}: make at most so many")
        return y + last[..., : y.shape[-1]], cache, state

    def backward(self, params: Params, cache: Cache, dy: Array) -> tuple[Params, Array]:
        dparams, dx = super().backward(params, cache, dy)
        xp = ops.namespace(dx)
        by_level, features = dy.sum(axis=1), dx.shape[-1]
        given_back = xp.pad(by_level, ((0, 0), (0, features - dy.shape[-1])))
        dlast = given_back - dx.sum(axis=1)
        return dparams, xp.concatenate([dx[:, :-1], dx[:, -1:] + dlast[:, None]], axis=1)

    def _check(self, what: str, values: HasShape) -> None:
        if len(values.shape) != 3:
            raise ShapeError(f"{self!r} needs {what} of shape (batch, time, features), not {shape_of(values)}")
