"""AdaDelta."""

from __future__ import annotations

from pellucid import validate
from pellucid.optim.rule import Rule
from pellucid.optim.schedules import Schedule


class AdaDelta(Rule):
    """``d = g sqrt(u + epsilon) / sqrt(s + epsilon)``, ``w <- w - learning_rate d``: steps in the unit of the weights.

    ``s`` and ``u`` are running means of ``g^2`` and of ``d^2`` over about ``1 / (1 - decay)`` steps. Their quotient
    stands in for a learning rate, and the one written here only scales it: the paper has none (1). ``epsilon`` gets
    the first steps going, when ``u`` is 0.
    Source: Zeiler 2012, "ADADELTA: an adaptive learning rate method", algorithm 1; decay and epsilon as there.
    """

    formula = (
        "s = decay * s + (1 - decay) * g * g",
        "d = sqrt(u + epsilon) / sqrt(s + epsilon) * g",
        "u = decay * u + (1 - decay) * d * d",
        "w = w - learning_rate * d",
    )
    slots = ("s", "u")

    learning_rate: float | Schedule = 1.0
    decay: float = 0.95
    epsilon: float = 1e-6

    def __post_init__(self) -> None:
        super().__post_init__()
        validate.fraction(self, "decay", self.decay)
        validate.positive(self, "epsilon", self.epsilon)
