"""Adam."""

from __future__ import annotations

from typing import ClassVar

from pellucid import validate
from pellucid.optim.rule import Rule
from pellucid.optim.schedules import Schedule


class Adam(Rule):
    """``w <- w - learning_rate m_hat / (sqrt(v_hat) + epsilon)``: momentum, with RMSProp's rate for each weight.

    ``m`` and ``v`` are running means of ``g`` and ``g^2`` over about ``1 / (1 - beta1)`` and ``1 / (1 - beta2)``
    steps. Both start at 0; dividing by ``1 - beta^t`` takes that bias out. Steps are at most about
    ``learning_rate`` long; ``epsilon`` keeps the quotient finite where gradients are 0.
    Source: Kingma and Ba 2015, "Adam: a method for stochastic optimization", algorithm 1, with its defaults.
    """

    formula: ClassVar[tuple[str, ...]] = (
        "m = beta1 * m + (1 - beta1) * g",
        "v = beta2 * v + (1 - beta2) * g * g",
        "m_hat = m / (1 - beta1 ** t)",
        "v_hat = v / (1 - beta2 ** t)",
        "w = w - learning_rate * m_hat / (sqrt(v_hat) + epsilon)",
    )
    slots = ("m", "v")

    learning_rate: float | Schedule = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        super().__post_init__()
        validate.fraction(self, "beta1", self.beta1)
        validate.fraction(self, "beta2", self.beta2)
        validate.positive(self, "epsilon", self.epsilon)
