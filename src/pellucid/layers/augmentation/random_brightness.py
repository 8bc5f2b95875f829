"""Images made brighter or darker at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.layers.augmentation.sampling import symmetric_uniform
from pellucid.layers.random_layer import RandomLayer
from pellucid.layers.windows import check_space
from pellucid.types import Array, Cache, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class RandomBrightness(RandomLayer):
    """``y = x + light`` in training, the same at all pixels of an image and drawn for each; in use ``y = x``.

    ``light`` is uniform from ``-amount`` to ``amount``, in the units of x: after scaling, in standard deviations.
    Backward: ``dx = dy``. Shapes: x and y (B, H, W, C). The cache keeps the ``light`` (B, 1, 1, 1), in use 0.
    Raises ConfigError unless ``amount`` is above 0, and in training without a key, ShapeError unless x has four axes.
    Source: Krizhevsky, Sutskever and Hinton 2012, "ImageNet classification with deep convolutional neural networks",
    section 4.1, where light changes in colour too.
    """

    amount: float

    def __post_init__(self) -> None:
        validate.positive(self, "amount", self.amount)

    def forward(
        self,
        params: Params,
        state: State,
        x: Float[Array, "B H W C"],
        key: Key | None = None,
        train: bool = False,
    ) -> tuple[Float[Array, "B H W C"], Cache, State]:
        check_space(self, 2, x)
        if not train:
            return x, {"light": ops.namespace(x).zeros((x.shape[0], 1, 1, 1), dtype=x.dtype)}, state
        validate.key(self, key)
        light = symmetric_uniform(key, self.amount, x.shape[0], 1, 1, 1).astype(x.dtype)
        return x + light, {"light": light}, state

    def backward(
        self, params: Params, cache: Cache, dy: Float[Array, "B H W C"]
    ) -> tuple[Params, Float[Array, "B H W C"]]:
        return {}, dy
