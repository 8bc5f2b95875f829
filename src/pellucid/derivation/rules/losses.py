"""Losses: how far an example's outputs are from its target, and the gradient with which the way back begins."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid import losses
from pellucid.derivation.algebra.expression import Constant, Expression, Symbol, call, total
from pellucid.derivation.algebra.step import Step
from pellucid.derivation.rules.cross_entropy_losses import SigmoidCrossEntropyRule, SoftmaxCrossEntropyRule
from pellucid.derivation.rules.hinge_loss import HingeRule
from pellucid.derivation.rules.loss_rule import FEW, LossRule, LossView, over
from pellucid.derivation.rules.regression_losses import (
    HalfSquaredErrorRule,
    HuberRule,
    MeanAbsoluteErrorRule,
    MeanSquaredErrorRule,
)
from pellucid.derivation.rules.rule import Index
from pellucid.layer import Loss

__all__ = ["LOSS_RULES", "LossRule", "LossView", "loss_rule"]


class ActivityL1Rule(LossRule):
    """``E = strength sum_k |y_k|``, ``dE/dy_k = strength sign(y_k)``."""

    def value(self, view: LossView, example: int) -> Expression:
        return _strength(view) * total([call("abs", view.y(index)) for index in view.rest(example)])

    def gradient(self, view: LossView, index: Index, path: str = "") -> Expression:
        return _strength(view) * call("sign", view.y(index))

    def why(self, view: LossView) -> str:
        return "every active unit is charged by how active it is, whatever its sign"

    def why_gradient(self, view: LossView, index: Index, path: str = "") -> str:
        return "a distance from 0 changes by 1 or -1: the pull towards 0 is the same however small the output"


class GaussianKLRule(LossRule):
    """``E = strength/2 sum_k (mean_k^2 + exp(l_k) - 1 - l_k)``, ``l = log_variance``."""

    def value(self, view: LossView, example: int) -> Expression:
        terms: list[Expression] = []
        for index in view.rest(example, "mean"):
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
            return "half a square differentiates to the mean itself: it is pulled towards 0"
        return "exp(l) - l differentiates to exp(l) - 1: the variance is pulled towards 1"


class SequenceLossRule(LossRule):
    """``E = sum_t m_t E_t / sum_t m_t``: of the loss inside, at every step that is there."""

    def value(self, view: LossView, example: int) -> Expression:
        steps, values = self._steps(view, example), _values(self._inner(view))
        symbols = [view.inside("E", (example, t), values[example, t]) for t in steps]
        return over(total([*symbols]), len(steps))

    def gradient(self, view: LossView, index: Index, path: str = "") -> Expression | None:
        if path == MASK:
            return Constant(0.0)
        steps, inner = self._steps(view, index[0]), self._inner(view)
        if index[1] not in steps:
            return Constant(0.0)
        formula = loss_rule(inner.loss).gradient(inner, _folded(inner, index))
        return None if formula is None else over(formula, len(steps))

    def inside(self, view: LossView, index: Index, path: str = "") -> tuple[Step, ...]:
        if path == MASK or index[1] not in self._steps(view, index[0]):
            return ()
        inner = self._inner(view)
        return loss_rule(inner.loss).inside(inner, _folded(inner, index))

    def parts(self, view: LossView, example: int) -> tuple[Step, ...]:
        inner, there = self._inner(view), self._steps(view, example)
        if len(there) > FEW:
            return ()
        rule, values, steps = loss_rule(inner.loss), _values(inner), []
        for t in there:
            n = example * inner.steps + t
            value = view.inside("E", (example, t), values[example, t])
            steps.append(
                Step(value.name, rule.value(inner, n), value.value, rule.why(inner), rule.parts(inner, n), "forward")
            )
        return tuple(steps)

    def why(self, view: LossView) -> str:
        return "the mean over the steps that are there" + (": padding counts nothing" if MASK in view.wires else "")

    def why_gradient(self, view: LossView, index: Index, path: str = "") -> str:
        if path == MASK:
            return "the mask only says which steps are there"
        if index[1] not in self._steps(view, index[0]):
            return "this step is padding: the mask hides it from the loss"
        inner = self._inner(view)
        return f"{loss_rule(inner.loss).why_gradient(inner, _folded(inner, index))}; the mean divides by the steps"

    def _steps(self, view: LossView, example: int) -> list[int]:
        """Those that are there."""
        if MASK in view.wires:
            return [int(t) for t in np.flatnonzero(view.array(MASK)[example] > 0.5)]
        return list(range(view.values.shape[1]))

    def _inner(self, view: LossView) -> LossView:
        """The loss inside, looking at every step as an example."""
        wire = view.wires[VALUES if MASK in view.wires else ""]
        target = view.target.reshape(-1, *view.target.shape[2:])
        return LossView(view.loss.loss, {"": wire}, target, view.names, view.label, wire.value.shape[1])


class MixedLossRule(LossRule):
    """``E = s E_first + (1 - s) E_second``, and its gradient likewise: of the loss inside, for two targets."""

    def value(self, view: LossView, example: int) -> Expression:
        s = self._share(view, example)
        first, second = (self._symbol(inner, example) for inner in self._inner(view))
        return s * first + (1.0 - s) * second

    def gradient(self, view: LossView, index: Index, path: str = "") -> Expression | None:
        s = self._share(view, index[0])
        first, second = (loss_rule(inner.loss).gradient(inner, index, path) for inner in self._inner(view))
        return None if first is None or second is None else s * first + (1.0 - s) * second

    def inside(self, view: LossView, index: Index, path: str = "") -> tuple[Step, ...]:
        return tuple(step for inner in self._inner(view) for step in loss_rule(inner.loss).inside(inner, index, path))

    def parts(self, view: LossView, example: int) -> tuple[Step, ...]:
        steps = []
        for inner in self._inner(view):
            rule, value = loss_rule(inner.loss), self._symbol(inner, example)
            formula, inside = rule.value(inner, example), rule.parts(inner, example)
            steps.append(Step(value.name, formula, value.value, rule.why(inner), inside, "forward"))
        return tuple(steps)

    def why(self, view: LossView) -> str:
        return "the example is a mixture of two, and each one's target counts as much as there is of it"

    def why_gradient(self, view: LossView, index: Index, path: str = "") -> str:
        inner, _ = self._inner(view)
        return f"{loss_rule(inner.loss).why_gradient(inner, index, path)}; here for two targets, mixed like the losses"

    def _share(self, view: LossView, example: int) -> Symbol:
        return view.inside("s", (example,), view.target["share"][example])

    def _symbol(self, inner: LossView, example: int) -> Symbol:
        return inner.inside("E", (example,), np.asarray(inner.loss.value(inner.values, inner.target))[example])

    def _inner(self, view: LossView) -> list[LossView]:
        """The loss inside, once for each target."""
        label = f"{view.label}_" if view.label else ""
        return [
            LossView(view.loss.loss, view.wires, view.target[name], view.names, f"{label}{name}")
            for name in ("first", "second")
        ]


VALUES, MASK = "0", "1"
"""Where in ``Masked`` outputs the values are, and the mask."""

LOSS_RULES: dict[type[Loss], LossRule] = {
    losses.ActivityL1: ActivityL1Rule(),
    losses.GaussianKL: GaussianKLRule(),
    losses.HalfSquaredError: HalfSquaredErrorRule(),
    losses.Hinge: HingeRule(),
    losses.Huber: HuberRule(),
    losses.MeanAbsoluteError: MeanAbsoluteErrorRule(),
    losses.MeanSquaredError: MeanSquaredErrorRule(),
    losses.MixedLoss: MixedLossRule(),
    losses.SequenceLoss: SequenceLossRule(),
    losses.SigmoidCrossEntropy: SigmoidCrossEntropyRule(),
    losses.SoftmaxCrossEntropy: SoftmaxCrossEntropyRule(),
}
"""The rule of each class; a class of your own may be added."""


def loss_rule(loss: Any) -> LossRule:
    """The rule of the loss's own class, or the one that holds for any loss."""
    return LOSS_RULES.get(type(loss), LossRule())


def _strength(view: LossView) -> Expression:
    return view.inside("strength", (), view.loss.strength)


def _values(inner: LossView) -> np.ndarray:
    """The loss inside at every step, (B, T)."""
    return np.asarray(inner.loss.value(inner.values, inner.target)).reshape(-1, inner.steps)


def _folded(inner: LossView, index: Index) -> Index:
    """The index of a step seen as an example."""
    return (index[0] * inner.steps + index[1], *index[2:])
