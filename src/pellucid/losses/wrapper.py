"""Losses that apply another loss."""

from __future__ import annotations

from pellucid import validate
from pellucid.layer import Loss


class LossWrapper(Loss):
    """A loss around the field ``loss``: what the outputs mean is what they mean to that one.

    Raises ConfigError unless ``loss`` is a Loss.
    """

    loss: Loss

    def __post_init__(self) -> None:
        validate.instance(self, "loss", self.loss, Loss)

    @property
    def task(self) -> str:  # type: ignore[override]  # it is that of the loss inside
        """The task of the loss inside."""
        return self.loss.task

    @property
    def threshold(self) -> float:  # type: ignore[override]  # likewise
        """The threshold of the loss inside."""
        return self.loss.threshold

    @property
    def gives_probabilities(self) -> bool:  # type: ignore[override]  # likewise
        """Whether the loss inside gives probabilities."""
        return self.loss.gives_probabilities
