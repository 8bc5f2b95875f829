"""AdaGrad."""

from __future__ import annotations

from pellucid import validate
from pellucid.optim.rule import Rule


class AdaGrad(Rule):
    """``s <- s + g^2``, ``w <- w - learning_rate g / (sqrt(s) + epsilon)``: a rate for each weight.

    A weight that has seen large gradients moves little, one that has seen few keeps its rate: good for rare
    features. ``s`` never shrinks, so that every rate goes to 0 in the end. ``epsilon`` keeps the quotient finite where
    no gradient has come yet.
    Source: Duchi, Hazan and Singer 2011, "Adaptive subgradient methods for online learning and stochastic
    optimization", figure 1 (diagonal matrices).
    """

    formula = (
        "s = s + g * g",
        "w = w - learning_rate * g / (sqrt(s) + epsilon)",
    )
    slots = ("s",)

    epsilon: float = 1e-10

    def __post_init__(self) -> None:
        super().__post_init__()
        validate.positive(self, "epsilon", self.epsilon)
