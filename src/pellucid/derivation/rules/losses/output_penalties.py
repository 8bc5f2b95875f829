"""Losses on the outputs alone, without a target: they pull the outputs towards 0, or to a normal distribution."""

from __future__ import annotations

from pellucid.derivation.algebra.expression import Constant, Expression, total
from pellucid.derivation.algebra.functions import call
from pellucid.derivation.rules.losses.loss_rule import LossRule, LossView
from pellucid.derivation.rules.rule import Index


class ActivityL1Rule(LossRule):
    """``E = strength sum_k |y_k|``, ``dE/dy_k = strength sign(y_k)``."""

    def value(self, view: LossView, example: int) -> Expression:
        return _strength(view) * total([call("abs", view.y(index)) for index in view.outputs_of(example)])

    def gradient(self, view: LossView, index: Index, path: str = "") -> Expression:
        return _strength(view) * call("sign", view.y(index))

    def why(self, view: LossView) -> str:
        return "the sum of the magnitudes of all outputs, times the strength"

    def why_gradient(self, view: LossView, index: Index, path: str = "") -> str:
        return "the slope of a magnitude is 1 or -1: the same pull towards 0 for a small output as for a large one"


class GaussianKLRule(LossRule):
    """``E = strength/2 sum_k (mean_k^2 + exp(l_k) - 1 - l_k)``, ``l = log_variance``."""

    def value(self, view: LossView, example: int) -> Expression:
        terms: list[Expression] = []
        for index in view.outputs_of(example, "mean"):
            mean, spread = view.y(index, "mean"), view.y(index, "log_variance")
            terms += [mean**2, call("exp", spread), Constant(-1.0), -spread]
        return 0.5 * _strength(view) * total(terms)

    def gradient(self, view: LossView, index: Index, path: str = "") -> Expression:
        if path == "mean":
            return _strength(view) * view.y(index, path)
        return 0.5 * _strength(view) * (call("exp", view.y(index, path)) - 1.0)

    def why(self, view: LossView) -> str:
        return "how far the code's normal distribution is from the standard one: 0 for mean 0 and variance 1"

    def why_gradient(self, view: LossView, index: Index, path: str = "") -> str:
        if path == "mean":
            return "half a square differentiates to the mean itself: the step pulls it towards 0"
        return "exp(l) - l differentiates to exp(l) - 1: the step pulls the variance towards 1"


def _strength(view: LossView) -> Expression:
    return view.inside("strength", (), view.loss.strength)
