"""Batch normalisation: each feature brought to mean 0 and variance 1 over the batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.errors import ShapeError
from pellucid.layer import Layer, shape_of
from pellucid.layers.features import check_features, count_features
from pellucid.layers.normalization.layer_norm import first_gain, gain_gradient, through_statistics
from pellucid.types import Array, Cache, HasShape, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class BatchNorm(Layer):
    """``y = gamma x_hat + beta`` with ``x_hat = (x - mean) / sqrt(variance + epsilon)``, feature by feature.

    In training mean and variance are those of the batch, over all axes but the last (for images also over the
    places), so every example's output depends on the others'. In use they are the state's running ones, which each
    step of training moves: ``running = momentum running + (1 - momentum) batch``. There the batch's variance is
    taken ``n / (n - 1)`` times, n being how many numbers of each feature it has, so that it is not too small.
    Backward, sums and means over the same axes: ``dgamma = sum dy x_hat``, ``dbeta = sum dy``, and with
    ``dx_hat = dy gamma``: in training ``dx = (dx_hat - mean(dx_hat) - x_hat mean(dx_hat x_hat)) / deviation``, which
    goes through mean and variance as well; in use, where they are constants, ``dx = dx_hat / deviation``.
    Shapes: x and y (B, ..., D); gamma, at first 1, and beta, at first 0, (D,); running mean, at first 0, and variance,
    at first 1, (D,). The cache keeps ``x_hat``, the square root as ``deviation`` (D,) and, in training,
    ``batch_mean`` and ``batch_variance`` (D,).
    Hyper-parameters: ``momentum``, how much of the running statistics a step keeps; ``epsilon``, above 0.
    Raises ConfigError for others, ShapeError unless x has at least two axes and as many features as gamma, and in
    training unless n is at least 2. Source: Ioffe and Szegedy 2015, "Batch normalization: accelerating deep network
    training by reducing internal covariate shift", algorithms 1 and 2, gradients in section 3.
    """

    momentum: float = 0.9
    epsilon: float = 1e-5

    def __post_init__(self) -> None:
        validate.fraction(self, "momentum", self.momentum)
        validate.positive(self, "epsilon", self.epsilon)

    def init(self, key: Key, x: HasShape) -> tuple[Params, State]:
        features, xp = count_features(self, x), ops.namespace(key)
        state = {"mean": xp.zeros(features, dtype=x.dtype), "variance": xp.ones(features, dtype=x.dtype)}
        return first_gain(key, features, x.dtype), state

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *T D"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B *T D"], Cache, State]:
        check_features(self, params["gamma"], x)
        mean, variance, cache = state["mean"], state["variance"], {}
        if train:
            axes = tuple(range(x.ndim - 1))
            mean, variance = x.mean(axis=axes), x.var(axis=axes)
            cache = {"batch_mean": mean, "batch_variance": variance}
            state = self._moved(state, mean, variance, self._count(x))
        deviation = ops.namespace(x).sqrt(variance + self.epsilon)
        x_hat = (x - mean) / deviation
        return params["gamma"] * x_hat + params["beta"], {"x_hat": x_hat, "deviation": deviation, **cache}, state

    def backward(
        self, params: Params, cache: Cache, dy: Float[Array, "B *T D"]
    ) -> tuple[Params, Float[Array, "B *T D"]]:
        x_hat, deviation = cache["x_hat"], cache["deviation"]
        dx_hat = dy * params["gamma"]
        if "batch_mean" in cache:
            dx = through_statistics(dx_hat, x_hat, deviation, tuple(range(dy.ndim - 1)))
        else:
            dx = dx_hat / deviation
        return gain_gradient(dy, x_hat), dx

    def _count(self, x: Array) -> int:
        """How many numbers x has of each feature. Raises ShapeError for fewer than 2."""
        count: int = x.size // x.shape[-1]
        if count < 2:
            raise ShapeError(
                f"{self!r} got a batch of {count} in training, x of shape {shape_of(x)}: a number alone is its own "
                "mean, so every output would be beta, whatever x is; train on batches of at least 2 examples (the last "
                "of an epoch has what is left over: choose another batch_size), or take LayerNorm()"
            )
        return count

    def _moved(self, state: State, mean: Array, variance: Array, count: int) -> State:
        """The running statistics after a batch with these statistics of ``count`` numbers each."""
        keep, unbiased = self.momentum, variance * (count / (count - 1))
        return {
            "mean": keep * state["mean"] + (1.0 - keep) * mean,
            "variance": keep * state["variance"] + (1.0 - keep) * unbiased,
        }
