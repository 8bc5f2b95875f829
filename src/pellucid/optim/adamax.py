"""Adamax."""

from __future__ import annotations

from pellucid.optim.adam import Adam
from pellucid.optim.schedules import Schedule


class Adamax(Adam):
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
