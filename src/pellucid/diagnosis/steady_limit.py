"""Up to which sharpness an update rule stays steady."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from pellucid.optim import AdaGrad, Adam, Adamax, GradientDescent, Momentum, Nesterov, RMSProp, Rule
from pellucid.trees import tree_map
from pellucid.types import Params


class SteadyLimit(NamedTuple):
    """On a parabola steeper than ``value`` the rule's steps grow.

    Of a rule that divides gradients by a number for each weight, the sharpness is that of ``S H S`` with ``scale`` on
    the diagonal of S: one over the roots of these numbers.
    """

    value: float
    scale: Params | None = None


def steady_limit(rule: Rule, slots: Mapping[str, Any], step: int, rate: float) -> SteadyLimit | None:
    """The limit of a rule after so many steps, at a learning rate; None for a rule whose limit is not known here.

    Gradient descent ``2 / rate``; with momentum ``m`` it is ``2 (1 + m) / rate``, after Nesterov
    ``2 (1 + m) / ((1 + 2 m) rate)``; RMSProp and AdaGrad as gradient descent, and Adam
    ``2 (1 + beta1) / ((1 - beta1) rate)``, of the Hessian scaled by what they divide by. Source: Cohen et al. 2022,
    "Adaptive gradient methods at the edge of stability", section 2.
    """
    if not rate > 0:
        return None
    if isinstance(rule, GradientDescent):
        return SteadyLimit(2.0 / rate)
    if isinstance(rule, Momentum):
        return SteadyLimit(2.0 * (1.0 + rule.momentum) / rate)
    if isinstance(rule, Nesterov):
        return SteadyLimit(2.0 * (1.0 + rule.momentum) / ((1.0 + 2.0 * rule.momentum) * rate))
    if step < 1:
        return None  # what it divides by is not known before the first step
    if isinstance(rule, (RMSProp, AdaGrad)):
        return SteadyLimit(2.0 / rate, _scale(slots["s"], rule.epsilon))
    if isinstance(rule, Adam) and not isinstance(rule, Adamax):
        mean = 1.0 - rule.beta2**step
        return SteadyLimit(
            2.0 * (1.0 + rule.beta1) / ((1.0 - rule.beta1) * rate), _scale(slots["v"], rule.epsilon, mean)
        )
    return None


def _scale(squares: Params, epsilon: float, mean: float = 1.0) -> Params:
    scale: Params = tree_map(lambda s: 1.0 / np.sqrt(np.sqrt(s / mean) + epsilon), squares)
    return scale
