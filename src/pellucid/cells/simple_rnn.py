"""The plain recurrent cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops
from pellucid.cells.weighted import WeightedCell
from pellucid.types import Array, Cache, Params, Tree

if TYPE_CHECKING:
    from jaxtyping import Float


class SimpleRNN(WeightedCell):
    """``h' = tanh(x W + h U + b)``, ``y = h'``: what a unit says depends on what all said a step before.

    Shapes: x (B, D); h and y (B, K); W (D, K); U (K, K); b (K,). The cache keeps h as ``h_before``, h' as ``h``.
    Hyper-parameters: ``units`` is K; ``weight``, ``recurrent`` and ``bias`` draw the first W, U and b.
    Gradients: with ``da = (dh' + dy) (1 - h'^2)``: ``dW = x^T da``, ``dU = h^T da``, ``db = sum_B da``,
    ``dh = da U^T``, ``dx = da W^T``. Over many steps they fade or explode with the powers of U.
    Raises ConfigError for ``units`` below 1, ShapeError for x with another number of features than W. Source: Elman
    1990, "Finding structure in time"; with tanh for his logistic function.
    """

    sums = 1

    def forward(self, params: Params, carry: Tree, x: Float[Array, "B K"]) -> tuple[Tree, Float[Array, "B K"], Cache]:
        h = ops.namespace(x).tanh(x + carry["h"] @ params["U"])
        return {"h": h}, h, {"h_before": carry["h"], "h": h}

    def backward(
        self, params: Params, cache: Cache, dcarry: Tree, dy: Float[Array, "B K"]
    ) -> tuple[Params, Tree, Float[Array, "B K"]]:
        da = (dcarry["h"] + dy) * (1.0 - cache["h"] ** 2)
        return {}, {"h": da @ params["U"].T}, da
