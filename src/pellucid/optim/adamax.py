"""Adamax."""

from __future__ import annotations

from pellucid import require
from pellucid.optim.rule import Rule
from pellucid.optim.schedules import Schedule


class Adamax(Rule):
    """``w <- w - learning_rate m_hat / u``: Adam with the largest recent gradient in place of the root mean square.

    ``u`` remembers the largest ``|g|``, shrinking by ``beta2`` a step; ``m`` is a running mean of ``g`` over about
    ``1 / (1 - beta1)`` steps, and dividing by ``1 - beta1^t`` takes out the bias of its start at 0. ``epsilon`` keeps
    u above 0.
    Source: Kingma and Ba 2015, "Adam: a method for stochastic optimization", algorithm 2, with its defaults; epsilon
    is an addition in use everywhere.
    """

    formula = (
        "m = beta1 * m + (1 - beta1) * g",
        "u = maximum(beta2 * u, abs(g) + epsilon)",
        "m_hat = m / (1 - beta1 ** t)",
        "w = w - learning_rate * m_hat / u",
    )
    slots = ("m", "u")

    learning_rate: float | Schedule = 0.002
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        super().__post_init__()
        require.fraction(self, "beta1", self.beta1)
        require.fraction(self, "beta2", self.beta2)
        require.positive(self, "epsilon", self.epsilon)
