"""Numbers turned into probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops
from pellucid.errors import ShapeError
from pellucid.layer import Layer, shape_of
from pellucid.layers.activations.activation_info import ActivationInfo
from pellucid.types import Array, Cache, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class Softmax(ActivationInfo, Layer):
    """``y_k = exp(x_k) / sum_j exp(x_j)`` over the last axis: K numbers above 0 that sum to 1.

    Backward: ``dx_k = y_k (dy_k - sum_j dy_j y_j)``. To train a classifier, leave this layer out and use the loss
    SoftmaxCrossEntropy, which has it built in, in a form that keeps its precision.
    Shapes: x and y (B, ..., K). Raises ShapeError unless x has at least two axes. Source: Bridle 1990,
    "Probabilistic interpretation of feedforward classification network outputs".
    """

    formula = r"y_k = \frac{e^{x_k}}{\sum_j e^{x_j}}"
    derivative_formula = r"\frac{\partial y_k}{\partial x_j} = y_k\,([k = j] - y_j)"
    output_range = (0.0, 1.0)
    saturates = "where one input is far above the rest: one output is nearly 1 and all derivatives are nearly 0"
    can_die = "no, but a saturated output learns very slowly"

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *T K"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B *T K"], Cache, State]:
        if len(x.shape) < 2:
            raise ShapeError(f"{self!r} needs x of shape (batch, ..., classes), not {shape_of(x)}")
        y = softmax(x)
        return y, {"x": x, "y": y}, state

    def backward(
        self, params: Params, cache: Cache, dy: Float[Array, "B *T K"]
    ) -> tuple[Params, Float[Array, "B *T K"]]:
        return {}, through_softmax(dy, cache["y"])


def softmax(x: Array) -> Array:
    """``exp(x_k) / sum_j exp(x_j)`` over the last axis; taking off the largest x keeps exp from overflowing."""
    exp = ops.namespace(x).exp(x - x.max(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1, keepdims=True)


def through_softmax(dy: Array, y: Array) -> Array:
    """dx for ``y = softmax(x)``: ``dx_k = y_k (dy_k - sum_j dy_j y_j)``."""
    return y * (dy - (dy * y).sum(axis=-1, keepdims=True))
