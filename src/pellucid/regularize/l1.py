"""The L1 penalty."""

from __future__ import annotations

from pellucid import validate
from pellucid.regularize.penalty import Penalty, is_weight
from pellucid.types import HasShape


class L1(Penalty):
    """``strength * sum |w|``, with gradient ``strength * sign(w)``: small weights go all the way to 0.

    The pull is the same however small the weight, so that few weights stay, and inputs are chosen. ``biases=True``
    charges biases too. Source: Tibshirani 1996, "Regression shrinkage and selection via the lasso".
    """

    strength: float
    biases: bool = False

    def __post_init__(self) -> None:
        validate.non_negative(self, "strength", self.strength)
        validate.instance(self, "biases", self.biases, bool)

    def lambdas(self, path: str, w: HasShape) -> tuple[float, float]:
        return (float(self.strength), 0.0) if self.biases or is_weight(path, w) else (0.0, 0.0)
