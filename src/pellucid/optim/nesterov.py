"""Nesterov's accelerated gradient."""

from __future__ import annotations

from pellucid import validate
from pellucid.optim.rule import Rule


class Nesterov(Rule):
    """``v <- momentum v - learning_rate g``, ``w <- w + momentum v - learning_rate g``: momentum that looks ahead.

    The gradient is meant at the place where momentum alone would carry the weight, so that a step too far is felt
    before it is taken. The weights kept here are the ones at that place: the same steps, written without a second
    set of weights. ``momentum`` is the part of its last direction that a step keeps.
    Source: Nesterov 1983; as momentum, Sutskever et al. 2013, "On the importance of initialization and momentum in
    deep learning", eq. 3 and 4; in the weights kept here, Bengio, Boulanger-Lewandowski and Pascanu 2013,
    "Advances in optimizing recurrent networks", section 3.5.
    """

    formula = (
        "v = momentum * v - learning_rate * g",
        "w = w + momentum * v - learning_rate * g",
    )
    slots = ("v",)

    momentum: float = 0.9

    def __post_init__(self) -> None:
        super().__post_init__()
        validate.fraction(self, "momentum", self.momentum)
