"""The gated recurrent unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from pellucid import ops
from pellucid.cells.weighted import WeightedCell, product, rows
from pellucid.errors import UnknownNameError
from pellucid.types import Array, Cache, HasShape, Key, Params, Tree

if TYPE_CHECKING:
    from jaxtyping import Float

Reset: TypeAlias = Literal["before", "after"]


class GRU(WeightedCell):
    """``y = h' = z h + (1 - z) n``: each unit keeps what it said, or says something new, n, by its update gate z.

    With ``[W_r, W_z, W_n]`` the columns of W, and those of U and b alike: ``r = sigmoid(x W_r + h U_r + b_r)``, the
    reset gate, ``z = sigmoid(x W_z + h U_z + b_z)``, and r weakens the old h in the proposal n, by ``reset``

    - "before" the matrix product: ``n = tanh(x W_n + (r h) U_n + b_n)``, as published;
    - "after" it: ``n = tanh(x W_n + r m + b_n)`` with ``m = h U_n + c``, as cuDNN and PyTorch have it. All of h U is
      then one product.

    Shapes: x (B, D); h, gates and y (B, K); W (D, 3 K); U (K, 3 K); b (3 K,); c (K,), with "after" only. The cache
    keeps h as ``h_before``, ``r``, ``z``, ``n``, and as ``m`` what U_n adds to n, before it meets r where that is last.
    Hyper-parameters: ``units`` is K; ``weight``, ``recurrent`` and ``bias`` draw the first W, U and b, sum by sum, and
    c is 0; ``reset`` as above.
    Gradients: with ``dh'`` for ``dh' + dy``: ``da_n = dh' (1 - z) (1 - n^2)``, ``da_z = dh' (h - n) z (1 - z)``,
    ``da_r = dr r (1 - r)``, and dh sums ``dh' z``, ``da_r U_r^T``, ``da_z U_z^T`` and, before, ``(da_n U_n^T) r`` with
    ``dr = (da_n U_n^T) h``, or, after, ``(da_n r) U_n^T`` with ``dr = da_n m``; ``dW = x^T da``, ``dx = da W^T``.
    Raises ConfigError for ``units`` below 1, UnknownNameError for another ``reset``, ShapeError for x with another
    number of features than W. Source: Cho et al. 2014, "Learning phrase representations using RNN encoder-decoder
    for statistical machine translation", eqs. 5 to 8.
    """

    sums = 3
    reset: Reset = "before"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.reset not in get_args(Reset):
            raise UnknownNameError("reset", self.reset, get_args(Reset))

    def init(self, key: Key, x: HasShape) -> Params:
        params = super().init(key, x)
        if self.reset == "after":
            params["c"] = ops.namespace(key).zeros((self.units,), dtype=x.dtype)
        return params

    def forward(self, params: Params, carry: Tree, x: Float[Array, "B 3*K"]) -> tuple[Tree, Float[Array, "B K"], Cache]:
        h, K = carry["h"], self.units
        U_gates, U_n = params["U"][:, : 2 * K], params["U"][:, 2 * K :]
        gates = ops.sigmoid(x[:, : 2 * K] + h @ U_gates)
        r, z = gates[:, :K], gates[:, K:]
        if self.reset == "before":
            m = (r * h) @ U_n
            added = m
        else:
            m = h @ U_n + params["c"]
            added = r * m
        n = ops.namespace(x).tanh(x[:, 2 * K :] + added)
        y = z * h + (1.0 - z) * n
        return {"h": y}, y, {"h_before": h, "r": r, "z": z, "n": n, "m": m}

    def backward(
        self, params: Params, cache: Cache, dcarry: Tree, dy: Float[Array, "B K"]
    ) -> tuple[Params, Tree, Float[Array, "B 3*K"]]:
        h, r, z, n = (cache[name] for name in ("h_before", "r", "z", "n"))
        xp, K = ops.namespace(dy), self.units
        U_gates, U_n = params["U"][:, : 2 * K], params["U"][:, 2 * K :]
        dy = dcarry["h"] + dy
        da_n = dy * (1.0 - z) * (1.0 - n**2)
        da_z = dy * (h - n) * z * (1.0 - z)
        if self.reset == "before":
            drh = da_n @ U_n.T
            dr, dh = drh * h, drh * r
        else:
            dr, dh = da_n * cache["m"], (da_n * r) @ U_n.T
        da_gates = xp.concatenate([dr * r * (1.0 - r), da_z], axis=-1)
        da = xp.concatenate([da_gates, da_n], axis=-1)
        return {}, {"h": dh + dy * z + da_gates @ U_gates.T}, da

    def gather(
        self, params: Params, cache: Cache, x: Float[Array, "*N D"], dx: Float[Array, "*N 3*K"]
    ) -> tuple[Params, Float[Array, "*N D"]]:
        h, r, K = cache["h_before"], cache["r"], self.units
        da_gates, da_n = dx[..., : 2 * K], dx[..., 2 * K :]
        dparams = {"W": product(x, dx), "b": rows(dx).sum(axis=0)}
        if self.reset == "before":
            dU_n = product(r * h, da_n)
        else:
            dU_n = product(h, r * da_n)
            dparams["c"] = rows(r * da_n).sum(axis=0)
        dparams["U"] = ops.namespace(dx).concatenate([product(h, da_gates), dU_n], axis=-1)
        return dparams, dx @ params["W"].T
