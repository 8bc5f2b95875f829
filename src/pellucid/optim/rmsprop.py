"""RMSProp."""

from __future__ import annotations

from pellucid import validate
from pellucid.optim.rule import Rule
from pellucid.optim.schedules import Schedule


class RMSProp(Rule):
    """``s <- decay s + (1 - decay) g^2``, ``w <- w - learning_rate g / (sqrt(s) + epsilon)``: AdaGrad that forgets.

    ``s`` is a running mean of the squared gradient over about ``1 / (1 - decay)`` steps, so that steps are about
    ``learning_rate`` long however large the gradient is. ``epsilon`` keeps the quotient finite where gradients are 0.
    Source: Tieleman and Hinton 2012, "Neural networks for machine learning", lecture 6.5, which has the decay of
    0.9; epsilon is outside the root, as is usual.
    """

    formula = (
        "s = decay * s + (1 - decay) * g * g",
        "w = w - learning_rate * g / (sqrt(s) + epsilon)",
    )
    slots = ("s",)

    learning_rate: float | Schedule = 0.001
    decay: float = 0.9
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        super().__post_init__()
        validate.fraction(self, "decay", self.decay)
        validate.positive(self, "epsilon", self.epsilon)
