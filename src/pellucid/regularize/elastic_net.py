"""The elastic net: both penalties at once."""

from __future__ import annotations

from pellucid import validate
from pellucid.regularize.penalty import Penalty, is_weight
from pellucid.types import HasShape


class ElasticNet(Penalty):
    """``l1 * sum |w| + l2 / 2 * sum w^2``, with gradient ``l1 sign(w) + l2 w``.

    L1 chooses among weights, L2 shares out what is left among those that go together. ``biases=True`` charges biases
    too. Source: Zou and Hastie 2005, "Regularization and variable selection via the elastic net".
    """

    l1: float
    l2: float
    biases: bool = False

    def __post_init__(self) -> None:
        validate.non_negative(self, "l1", self.l1)
        validate.non_negative(self, "l2", self.l2)
        validate.instance(self, "biases", self.biases, bool)

    def lambdas(self, path: str, w: HasShape) -> tuple[float, float]:
        return (float(self.l1), float(self.l2)) if self.biases or is_weight(path, w) else (0.0, 0.0)
