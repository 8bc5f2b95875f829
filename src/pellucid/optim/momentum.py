"""Gradient descent with momentum."""

from __future__ import annotations

from pellucid import validate
from pellucid.optim.rule import Rule


class Momentum(Rule):
    """``v <- momentum v - learning_rate g``, ``w <- w + v``: the step keeps some of its last direction.

    Along a steady slope steps grow up to ``1 / (1 - momentum)`` times; across a valley they cancel.
    Source: Polyak 1964, "Some methods of speeding up the convergence of iteration methods", eq. 9.
    """

    formula = (
        "v = momentum * v - learning_rate * g",
        "w = w + v",
    )
    slots = ("v",)

    momentum: float = 0.9

    def __post_init__(self) -> None:
        super().__post_init__()
        validate.fraction(self, "momentum", self.momentum)
