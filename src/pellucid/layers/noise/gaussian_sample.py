"""A draw from a normal distribution that the layers before it describe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.errors import ShapeError
from pellucid.layer import Layer, Loss, shape_of
from pellucid.layers.random_layer import RandomLayer
from pellucid.types import Array, Cache, Key, Params, State, Tree

if TYPE_CHECKING:
    from jaxtyping import Float


class GaussianSample(RandomLayer):
    """``z = mean + deviation noise`` in training, ``deviation = exp(log_variance / 2)``; in use ``z = mean``.

    The noise is standard normal and owes nothing to the weights, so the gradient goes through the draw to what
    describes it (the reparametrisation): ``dmean = dz``, ``dlog_variance = dz deviation noise / 2``. Before the decoder
    it makes an autoencoder variational, with ``GaussianKL`` in the loss.
    Shapes: x is ``{"mean": (B, ...), "log_variance": (B, ...)}``, z is shaped like the mean. The cache keeps
    ``deviation`` and ``noise``, in use 0. Raises ShapeError unless x is those two, shaped alike, ConfigError in
    training without a key. Source: Kingma and Welling 2014, "Auto-encoding variational Bayes", section 2.4 and eq. 10.
    """

    def init(self, key: Key, x: Tree) -> tuple[Params, State]:
        check_gaussian(self, x)
        return {}, {}

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B *K"], Cache, State]:
        check_gaussian(self, x)
        mean, xp = x["mean"], ops.namespace(x["mean"])
        if train:
            validate.key(self, key)
        deviation = xp.exp(0.5 * x["log_variance"])
        noise = ops.normal(key, mean.shape, mean.dtype) if train else xp.zeros_like(mean)
        z = mean + deviation * noise if train else mean
        return z, {"deviation": deviation, "noise": noise}, state

    def backward(self, params: Params, cache: Cache, dy: Float[Array, "B *K"]) -> tuple[Params, Tree]:
        return {}, {"mean": dy, "log_variance": 0.5 * dy * cache["deviation"] * cache["noise"]}


def check_gaussian(owner: Layer | Loss, x: Tree) -> None:
    """Raise ShapeError unless x is a mean and a log_variance, shaped alike."""
    if not isinstance(x, dict) or set(x) != {"mean", "log_variance"}:
        given = ", ".join(map(str, x)) if isinstance(x, dict) else f"an array of shape {shape_of(x)}"
        raise ShapeError(f"{owner!r} needs mean and log_variance, as of Fork(mean=..., log_variance=...), not {given}")
    if x["mean"].shape != x["log_variance"].shape:
        raise ShapeError(
            f"{owner!r} got a mean of shape {shape_of(x['mean'])} and a log_variance of shape "
            f"{shape_of(x['log_variance'])}: they must be alike"
        )
