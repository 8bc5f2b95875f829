"""Losses on amounts: each output alone against its target."""

from __future__ import annotations

import math
from abc import abstractmethod

from pellucid.derivation.algebra.expression import Expression, total
from pellucid.derivation.algebra.functions import call
from pellucid.derivation.rules.losses.loss_rule import LossRule, LossView, divide, mean_of
from pellucid.derivation.rules.rule import Index


class HalfSquaredErrorRule(LossRule):
    """``E = sum_k (t_k - y_k)^2 / 2``, ``dE/dy_k = -(t_k - y_k)``."""

    def value(self, view: LossView, example: int) -> Expression:
        return total([0.5 * (view.t(index) - view.y(index)) ** 2 for index in view.outputs_of(example)])

    def gradient(self, view: LossView, index: Index, path: str = "") -> Expression:
        return -(view.t(index) - view.y(index))

    def why(self, view: LossView) -> str:
        return "half the squared distance of each output from its target; the half cancels the 2 of the derivative"

    def why_gradient(self, view: LossView, index: Index, path: str = "") -> str:
        return "the derivative of the square has a factor 2, which the half cancels, and the output has a minus sign"


class MeanRule(LossRule):
    """``E = sum_k f(y_k - t_k) / K``, ``dE/dy_k = f'(y_k - t_k) / K``."""

    def value(self, view: LossView, example: int) -> Expression:
        rest = view.outputs_of(example)
        return mean_of([self.term(view, index) for index in rest], len(rest))

    def gradient(self, view: LossView, index: Index, path: str = "") -> Expression:
        return divide(self.slope(view, index), math.prod(view.values.shape[1:]))

    @abstractmethod
    def term(self, view: LossView, index: Index) -> Expression:
        """``f``, what the error of this output costs."""

    @abstractmethod
    def slope(self, view: LossView, index: Index) -> Expression:
        """``f'``."""


class MeanSquaredErrorRule(MeanRule):
    """``f = e^2``, ``f' = 2 e``."""

    def term(self, view: LossView, index: Index) -> Expression:
        return (view.y(index) - view.t(index)) ** 2

    def slope(self, view: LossView, index: Index) -> Expression:
        return 2.0 * (view.y(index) - view.t(index))

    def why(self, view: LossView) -> str:
        return "the squared distance from the target, averaged over the outputs"

    def why_gradient(self, view: LossView, index: Index, path: str = "") -> str:
        return "a square differentiates to twice what is squared; the mean divides it by the number of outputs"


class MeanAbsoluteErrorRule(MeanRule):
    """``f = |e|``, ``f' = sign(e)``."""

    def term(self, view: LossView, index: Index) -> Expression:
        return call("abs", view.y(index) - view.t(index))

    def slope(self, view: LossView, index: Index) -> Expression:
        return call("sign", view.y(index) - view.t(index))

    def why(self, view: LossView) -> str:
        return "the distance from the target, averaged over the outputs"

    def why_gradient(self, view: LossView, index: Index, path: str = "") -> str:
        if view.y(index).value == view.t(index).value:
            return "the output is on its target, where the distance has a kink: there the gradient is set to 0"
        return "the slope of a distance is 1 or -1: only the side of the target counts"


class HuberRule(MeanRule):
    """``f = e^2 / 2``, ``f' = e`` up to delta; beyond it ``f = delta (|e| - delta / 2)``, ``f' = delta sign(e)``."""

    def term(self, view: LossView, index: Index) -> Expression:
        error = view.y(index) - view.t(index)
        if _is_near(view, index):
            return 0.5 * error**2
        delta = view.inside("delta", (), view.loss.delta)
        return delta * (call("abs", error) - 0.5 * delta)

    def slope(self, view: LossView, index: Index) -> Expression:
        error = view.y(index) - view.t(index)
        return error if _is_near(view, index) else view.inside("delta", (), view.loss.delta) * call("sign", error)

    def why(self, view: LossView) -> str:
        return (
            f"an error up to delta = {view.loss.delta:g} counts half its square, "
            "a larger one linearly: delta (|error| - delta / 2)"
        )

    def why_gradient(self, view: LossView, index: Index, path: str = "") -> str:
        if _is_near(view, index):
            return f"the error is within delta = {view.loss.delta:g}: half a square differentiates to the error itself"
        return f"the error is beyond delta = {view.loss.delta:g}, on the linear part: its slope is delta"


def _is_near(view: LossView, index: Index) -> bool:
    return bool(abs(view.y(index).value - view.t(index).value) <= view.loss.delta)
