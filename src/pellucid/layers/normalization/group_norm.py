"""Group normalisation: each group of channels of an example brought to mean 0 and variance 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import validate
from pellucid.errors import ShapeError
from pellucid.layer import Layer, shape_of
from pellucid.layers.features import check_features, count_features
from pellucid.layers.normalization.layer_norm import first_gain, gain_gradient, standardize, through_statistics
from pellucid.types import Array, Cache, HasShape, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float

AXES = (1, 3)
"""Places and the channels of a group, where x is (B, places, groups, channels of a group)."""


class GroupNorm(Layer):
    """``y = gamma x_hat + beta`` with ``x_hat = (x - mean) / sqrt(variance + epsilon)``, over a group of channels.

    The C channels are cut into ``groups`` of neighbours. Every group of an example has its own mean and variance, over
    its channels at all places (of an image; or all moments of a sequence), so the batch does not matter, and training
    and use are alike. One group is layer normalisation over the whole example; C groups are instance normalisation.
    Backward, with ``dx_hat = dy gamma`` and means over the group: ``dgamma = sum dy x_hat``, ``dbeta = sum dy``,
    summed over all axes but the last, and ``dx = (dx_hat - mean(dx_hat) - x_hat mean(dx_hat x_hat)) / deviation``.
    Shapes: x and y (B, ..., C); gamma, at first 1, and beta, at first 0, (C,). The cache keeps ``x_hat``, and the
    square root as ``deviation`` (B, 1, groups, 1).
    Hyper-parameters: ``groups``; ``epsilon``, above 0. Raises ConfigError for others, ShapeError unless x has at least
    two axes, ``groups`` divides C and x has as many channels as gamma. Source: Wu and He 2018, "Group normalization",
    eqs. 1, 2, 6 and 7.
    """

    groups: int
    epsilon: float = 1e-5

    def __post_init__(self) -> None:
        validate.positive_int(self, "groups", self.groups)
        validate.positive(self, "epsilon", self.epsilon)

    def init(self, key: Key, x: HasShape) -> tuple[Params, State]:
        channels = count_features(self, x)
        if channels % self.groups:
            raise ShapeError(
                f"{self!r} cannot cut {channels} channels into {self.groups} equal groups, x having shape "
                f"{shape_of(x)}: groups must divide the last axis"
            )
        return first_gain(key, channels, x.dtype), {}

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *T C"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B *T C"], Cache, State]:
        check_features(self, params["gamma"], x)
        x_hat, deviation = standardize(self._grouped(x), AXES, self.epsilon)
        x_hat = x_hat.reshape(x.shape)
        return params["gamma"] * x_hat + params["beta"], {"x_hat": x_hat, "deviation": deviation}, state

    def backward(
        self, params: Params, cache: Cache, dy: Float[Array, "B *T C"]
    ) -> tuple[Params, Float[Array, "B *T C"]]:
        dx_hat, x_hat = self._grouped(dy * params["gamma"]), self._grouped(cache["x_hat"])
        dx = through_statistics(dx_hat, x_hat, cache["deviation"], AXES)
        return gain_gradient(dy, cache["x_hat"]), dx.reshape(dy.shape)

    def _grouped(self, x: Array) -> Array:
        """x (B, ..., C) as (B, places, groups, channels of a group)."""
        return x.reshape(x.shape[0], -1, self.groups, x.shape[-1] // self.groups)
