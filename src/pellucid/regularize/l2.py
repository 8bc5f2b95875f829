"""The L2 penalty."""

from __future__ import annotations

from pellucid import validate
from pellucid.regularize.penalty import Penalty, is_weight
from pellucid.types import HasShape


class L2(Penalty):
    """``strength / 2 * sum w^2``, with gradient ``strength * w``: weights shrink in proportion to their size.

    Under gradient descent each weight loses the part ``learning_rate * strength`` of itself a step. ``biases=True``
    charges biases too. Source: Krogh and Hertz 1992, "A simple weight decay can improve generalization".
    """

    strength: float
    biases: bool = False

    def __post_init__(self) -> None:
        validate.non_negative(self, "strength", self.strength)
        validate.instance(self, "biases", self.biases, bool)

    def lambdas(self, path: str, w: HasShape) -> tuple[float, float]:
        return (0.0, float(self.strength)) if self.biases or is_weight(path, w) else (0.0, 0.0)
