"""Layer normalisation: each example brought to mean 0 and variance 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pellucid import ops, validate
from pellucid.layer import Layer
from pellucid.layers.features import check_features, count_features
from pellucid.types import Array, Cache, HasShape, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class LayerNorm(Layer):
    """``y = gamma x_hat + beta`` with ``x_hat = (x - mean) / sqrt(variance + epsilon)``, over the last axis.

    Every example, and every moment of a sequence, has its own mean and variance (the mean square off the mean), so
    the batch does not matter, and training and use are alike.
    Backward, sums over all axes but the last, means over the last: ``dgamma = sum dy x_hat``, ``dbeta = sum dy``, and
    with ``dx_hat = dy gamma``: ``dx = (dx_hat - mean(dx_hat) - x_hat mean(dx_hat x_hat)) / sqrt(variance + epsilon)``.
    Shapes: x and y (B, ..., D); gamma, at first 1, and beta, at first 0, (D,). The cache keeps ``x_hat``, and
    ``deviation``, the square root, (B, ..., 1).
    Raises ConfigError unless ``epsilon`` is above 0, ShapeError unless x has at least two axes and as many features
    as gamma. Source: Ba, Kiros and Hinton 2016, "Layer normalization", eqs. 3 and 4.
    """

    epsilon: float = 1e-5

    def __post_init__(self) -> None:
        validate.positive(self, "epsilon", self.epsilon)

    def init(self, key: Key, x: HasShape) -> tuple[Params, State]:
        return first_gain(key, count_features(self, x), x.dtype), {}

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *T D"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B *T D"], Cache, State]:
        check_features(self, params["gamma"], x)
        x_hat, deviation = standardize(x, (-1,), self.epsilon)
        return params["gamma"] * x_hat + params["beta"], {"x_hat": x_hat, "deviation": deviation}, state

    def backward(
        self, params: Params, cache: Cache, dy: Float[Array, "B *T D"]
    ) -> tuple[Params, Float[Array, "B *T D"]]:
        dx_hat = dy * params["gamma"]
        return gain_gradient(dy, cache["x_hat"]), through_statistics(dx_hat, cache["x_hat"], cache["deviation"], (-1,))


def first_gain(key: Key, features: int, dtype: Any) -> Params:
    """gamma and beta that change nothing: 1 and 0 for each feature."""
    xp = ops.namespace(key)
    return {"gamma": xp.ones(features, dtype=dtype), "beta": xp.zeros(features, dtype=dtype)}


def standardize(x: Array, axes: tuple[int, ...], epsilon: float) -> tuple[Array, Array]:
    """``x_hat = (x - mean) / deviation`` and ``deviation = sqrt(variance + epsilon)``, those of x over ``axes``."""
    deviation = ops.namespace(x).sqrt(x.var(axis=axes, keepdims=True) + epsilon)
    return (x - x.mean(axis=axes, keepdims=True)) / deviation, deviation


def gain_gradient(dy: Array, x_hat: Array) -> Params:
    """The gradients by gamma and beta of ``y = gamma x_hat + beta``, summed over all axes but the last."""
    axes = tuple(range(dy.ndim - 1))
    return {"gamma": (dy * x_hat).sum(axis=axes), "beta": dy.sum(axis=axes)}


def through_statistics(dx_hat: Array, x_hat: Array, deviation: Array, axes: tuple[int, ...]) -> Array:
    """dx for ``x_hat = (x - mean) / deviation``, where mean and deviation are those of x over ``axes``.

    x moves x_hat in three ways: straight, through the mean (the second term) and through the deviation (the third).
    """
    through_mean = dx_hat.mean(axis=axes, keepdims=True)
    through_deviation = x_hat * (dx_hat * x_hat).mean(axis=axes, keepdims=True)
    return (dx_hat - through_mean - through_deviation) / deviation
