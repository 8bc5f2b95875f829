"""Lion."""

from __future__ import annotations

from pellucid import validate
from pellucid.optim.rule import Rule
from pellucid.optim.schedules import Schedule


class Lion(Rule):
    """``w <- w - learning_rate (sign(c) + weight_decay w)``: every weight moves by the same amount, up or down.

    Only the direction comes from the gradients: ``c`` mixes the part ``1 - beta1`` of the newest one with ``m``, their
    running mean over about ``1 / (1 - beta2)`` steps. Steps of one length want a learning rate some 3 to 10 times
    smaller than Adam's. Every weight, biases too, also loses the part ``learning_rate * weight_decay`` of itself.
    Source: Chen et al. 2023, "Symbolic discovery of optimization algorithms", algorithm 2, with its betas.
    """

    formula = (
        "c = beta1 * m + (1 - beta1) * g",
        "w = w - learning_rate * (sign(c) + weight_decay * w)",
        "m = beta2 * m + (1 - beta2) * g",
    )
    slots = ("m",)

    learning_rate: float | Schedule = 1e-4
    beta1: float = 0.9
    beta2: float = 0.99
    weight_decay: float = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        validate.fraction(self, "beta1", self.beta1)
        validate.fraction(self, "beta2", self.beta2)
        validate.non_negative(self, "weight_decay", self.weight_decay)
