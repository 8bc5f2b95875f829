"""A loss at every step of a sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops
from pellucid.errors import ShapeError
from pellucid.layer import shape_of
from pellucid.losses.wrapper import LossWrapper
from pellucid.masked import Masked, nan_if_empty, require_a_step, values_of, with_values
from pellucid.types import Array, Tree

if TYPE_CHECKING:
    from jaxtyping import Float


class SequenceLoss(LossWrapper):
    """The mean of a ``loss`` over the steps that are there: ``E = sum_t m_t E(y_t, target_t) / sum_t m_t``.

    m is the mask of ``Masked`` outputs; without one every step counts alike. Gradient: each step's own, times
    ``m_t / sum_t m_t``; the targets of padding may be anything that the loss takes.
    Shapes: y (B, T, ...), target (B, T, ...) as the loss takes them for (B T, ...); value (B,).
    Raises ConfigError unless ``loss`` is a Loss, ShapeError where targets are not as long as outputs, DataError for a
    mask that hides all of an example.
    """

    def value(self, y: Tree, target: Array) -> Float[Array, " B"]:
        values, share = self._values_and_shares(y, target)
        value = (self.loss.value(_folded(values), _folded(target)).reshape(share.shape) * share).sum(axis=1)
        return nan_if_empty(y.visible, value) if isinstance(y, Masked) else value

    def gradient(self, y: Tree, target: Array) -> Tree:
        values, share = self._values_and_shares(y, target)
        gradient = self.loss.gradient(_folded(values), _folded(target)).reshape(values.shape)
        gradient = gradient * share.reshape(*share.shape, *(1,) * (values.ndim - 2))
        return Masked(gradient, ops.namespace(gradient).zeros_like(y.mask)) if isinstance(y, Masked) else gradient

    def predict(self, y: Tree) -> Tree:
        values = values_of(y)
        return with_values(y, self.loss.predict(_folded(values)).reshape(values.shape))

    def check_target(self, y: Tree, target: Array) -> None:
        values = values_of(y)
        self._values_and_shares(values[:1], target[:1])
        self.loss.check_target(_folded(values[:1]), _folded(target))

    def _values_and_shares(self, y: Tree, target: Array) -> tuple[Array, Float[Array, "B T"]]:
        """The values of y, and how much each step counts in its example's mean."""
        values = values_of(y)
        if values.ndim < 2 or target.shape[:2] != values.shape[:2]:
            raise ShapeError(
                f"{self!r} compares outputs of shape {shape_of(values)} with targets of shape {shape_of(target)}: "
                "both need the same (batch, time, ...)"
            )
        if isinstance(y, Masked):
            require_a_step(self, y.visible)
            counts = y.visible.astype(values.dtype)
        else:
            counts = ops.namespace(values).ones(values.shape[:2], dtype=values.dtype)
        return values, counts / ops.namespace(counts).maximum(counts.sum(axis=1, keepdims=True), 1.0)


def _folded(x: Array) -> Array:
    """(B, T, ...) as (B T, ...)."""
    return x.reshape(-1, *x.shape[2:])
