"""Plain gradient descent."""

from __future__ import annotations

from pellucid.optim.rule import Rule


class GradientDescent(Rule):
    """``w <- w - learning_rate g``: a step straight downhill. Source: Cauchy 1847."""

    formula = ("w = w - learning_rate * g",)
