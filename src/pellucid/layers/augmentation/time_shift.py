"""Sound moved in time at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.layers.augmentation.resampling import Resampling, window_sources
from pellucid.layers.augmentation.sampling import random_integers
from pellucid.layers.features import check_time
from pellucid.types import Array, Key

if TYPE_CHECKING:
    from jaxtyping import Float


class TimeShift(Resampling):
    """``y[t] = x[t + s]``, 0 outside x: each example moved in time by up to ``steps``, in training; in use ``y = x``.

    s is drawn for each example, all whole numbers from ``-steps`` to ``steps`` equally likely. A word means the same
    a moment sooner or later. Backward: dy moved back, what left the window gets 0.
    Shapes: x and y (B, T) or (B, T, ...), whose features move together. The cache keeps ``shift`` (B, 1) and x.
    Raises ConfigError for steps below 1, and in training without a key, ShapeError unless x has an axis of time.
    """

    steps: int

    def __post_init__(self) -> None:
        validate.positive_int(self, "steps", self.steps)

    def check(self, x: Float[Array, "B T *F"]) -> None:
        check_time(self, x)

    def draw(self, x: Float[Array, "B T *F"], key: Key) -> dict[str, Array]:
        return {"shift": random_integers(key, 2 * self.steps + 1, x.shape[0], 1) - self.steps}

    def draw_in_use(self, x: Float[Array, "B T *F"]) -> dict[str, Array]:
        return {"shift": ops.namespace(x).zeros((x.shape[0], 1), dtype="int32")}

    def sources(self, drawn: dict[str, Array], x: Float[Array, "B T *F"]) -> tuple[Array, Array]:
        return window_sources(drawn["shift"], x.shape[1:2], x)
