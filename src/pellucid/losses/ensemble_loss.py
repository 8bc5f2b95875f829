"""The loss of an ensemble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops
from pellucid.errors import ShapeError
from pellucid.layer import shape_of
from pellucid.losses.wrapper import LossWrapper
from pellucid.types import Array

if TYPE_CHECKING:
    from jaxtyping import Float


class EnsembleLoss(LossWrapper):
    """``E = sum_m E(y_m, target) / M``: the mean ``loss`` of M members, each of which so learns by itself.

    ``predict`` gives the mean of what the members predict, which is better than the mean member, for their errors
    differ: of a convex loss the mean prediction has at most the mean loss. To train the mean prediction itself would
    make members lean on each other. Gradient: ``dE/dy_m = gradient(y_m, target) / M``.
    Shapes: y (B, M, ...), target as the loss takes it for (B, ...); value (B,); ``predict`` (B, ...).
    Raises ConfigError unless ``loss`` is a Loss, ShapeError for outputs without an axis of members. Source: Krogh and
    Vedelsby 1995, "Neural network ensembles, cross validation, and active learning", eq. 6; against training the mean:
    Jeffares et al. 2023, "Joint training of deep ensembles fails due to learner collusion".
    """

    def value(self, y: Float[Array, "B M *K"], target: Array) -> Float[Array, " B"]:
        rows, targets = self._members(y, target)
        return self.loss.value(rows, targets).reshape(y.shape[:2]).mean(axis=1)

    def gradient(self, y: Float[Array, "B M *K"], target: Array) -> Float[Array, "B M *K"]:
        rows, targets = self._members(y, target)
        return self.loss.gradient(rows, targets).reshape(y.shape) / y.shape[1]

    def predict(self, y: Float[Array, "B M *K"]) -> Float[Array, "B *K"]:
        return self.loss.predict(y.reshape(-1, *y.shape[2:])).reshape(y.shape).mean(axis=1)

    def scores(self, y: Float[Array, "B M *K"]) -> Float[Array, "B *K"]:
        return self.predict(y)

    def check_target(self, y: Float[Array, "B M *K"], target: Array) -> None:
        self._members(y[:1], target[:1])
        self.loss.check_target(y[:, 0], target)

    def _members(self, y: Array, target: Array) -> tuple[Array, Array]:
        """Outputs (B M, ...) of all members, and the target of each."""
        if y.ndim < 3:
            raise ShapeError(f"{self!r} needs outputs of shape (batch, members, ...), not {shape_of(y)}")
        return y.reshape(-1, *y.shape[2:]), ops.namespace(y).repeat(target, y.shape[1], axis=0)
