"""Cross-entropies: the losses on logits, of one class among several or of yes and no."""

from __future__ import annotations

import math

import numpy as np

from pellucid.derivation.algebra.expression import Expression, Symbol, total
from pellucid.derivation.algebra.functions import call
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.rules.losses.loss_rule import LossRule, LossView, divide, mean_of
from pellucid.derivation.rules.rule import Index

LARGE = 30.0
"""Exponents beyond this are written so that none can overflow."""


class CrossEntropyRule(LossRule):
    """What both cross-entropies share: a probability p for each output, and the target q of it."""

    def p(self, view: LossView, index: Index) -> Symbol:
        """The probability that the network gives."""
        return view.inside("p", index, view.predicted[index])

    def q(self, view: LossView, index: Index) -> Symbol:
        """The target of the probability, with label smoothing moved a little towards the mean."""
        s = view.loss.label_smoothing
        return view.t(index) if s == 0 else view.inside("q", index, self._smooth(view, index).value)

    def inside(self, view: LossView, index: Index, path: str = "") -> tuple[DerivationStep, ...]:
        p = self.p(view, index)
        steps = [
            DerivationStep(
                p.name, self.probability(view, index), p.value, self.why_probability(view, index), (), "forward"
            )
        ]
        if view.loss.label_smoothing:
            q, why = self.q(view, index), "label smoothing divides a part s of the target evenly among the classes"
            steps.append(DerivationStep(q.name, self._smooth(view, index), q.value, why, (), "forward"))
        return tuple(steps)

    def probability(self, view: LossView, index: Index) -> Expression:
        """The formula of p."""
        raise NotImplementedError

    def why_probability(self, view: LossView, index: Index) -> str:
        """Why p is what it is."""
        raise NotImplementedError

    def choices(self, view: LossView) -> int:
        """The number of classes that label smoothing divides its part among."""
        raise NotImplementedError

    def _smooth(self, view: LossView, index: Index) -> Expression:
        s = view.inside("s", (), view.loss.label_smoothing)
        return (1.0 - s) * view.t(index) + s / float(self.choices(view))


class SoftmaxCrossEntropyRule(CrossEntropyRule):
    """``E = -sum_k q_k ln p_k``, ``dE/dy_k = p_k - q_k``, with ``p = softmax(y)``; averaged over places."""

    def value(self, view: LossView, example: int) -> Expression:
        wanted = [index for index in view.outputs_of(example) if self.q(view, index).value]
        return mean_of([self._term(view, index) for index in wanted], math.prod(view.values.shape[1:-1]))

    def gradient(self, view: LossView, index: Index, path: str = "") -> Expression:
        return divide(self.p(view, index) - self.q(view, index), math.prod(view.values.shape[1:-1]))

    def probability(self, view: LossView, index: Index) -> Expression:
        exponents = self._exponents(view, index)
        return call("exp", exponents[index[-1]]) / total([call("exp", exponent) for exponent in exponents])

    def choices(self, view: LossView) -> int:
        return int(view.values.shape[-1])

    def why(self, view: LossView) -> str:
        return "minus the logarithm of the probability that softmax gives the true class: the target of the others is 0"

    def why_probability(self, view: LossView, index: Index) -> str:
        first = "softmax makes every output positive by exp, and divides by the sum, so that all add up to 1"
        if self._row_is_large(view, index):
            first += "; the largest is taken from each first, so that no exp overflows: that cancels in the quotient"
        return first

    def why_gradient(self, view: LossView, index: Index, path: str = "") -> str:
        return (
            "minus ln p of the right class is ln(sum of all exp(y)) minus its own y: the first differentiates to p, "
            "the second to 1 where the class is right; so p minus the target"
        )

    def _term(self, view: LossView, index: Index) -> Expression:
        p, q = self.p(view, index), self.q(view, index)
        if p.value > np.finfo(float).tiny:
            ln_p = call("ln", p)
        else:  # p has run out of digits, its logarithm has not
            exponents = self._exponents(view, index)
            ln_p = exponents[index[-1]] - call("ln", total([call("exp", exponent) for exponent in exponents]))
        return -ln_p if q.value == 1.0 else -(q * ln_p)

    def _exponents(self, view: LossView, index: Index) -> list[Expression]:
        row: list[Symbol] = [view.y((*index[:-1], k)) for k in range(view.values.shape[-1])]
        largest = max(row, key=lambda symbol: symbol.number)
        return [y - largest for y in row] if self._row_is_large(view, index) else [*row]

    def _row_is_large(self, view: LossView, index: Index) -> bool:
        return bool(np.abs(view.values[index[:-1]]).max() > LARGE)


class SigmoidCrossEntropyRule(CrossEntropyRule):
    """``E = sum_k q_k ln(1 + exp(-y_k)) + (1 - q_k) ln(1 + exp(y_k))``, ``dE/dy_k = p_k - q_k``."""

    def value(self, view: LossView, example: int) -> Expression:
        return total([term for index in view.outputs_of(example) for term in self._terms(view, index)])

    def gradient(self, view: LossView, index: Index, path: str = "") -> Expression:
        return self.p(view, index) - self.q(view, index)

    def probability(self, view: LossView, index: Index) -> Expression:
        return 1.0 / (1.0 + call("exp", -view.y(index)))

    def choices(self, view: LossView) -> int:
        return 2

    def why(self, view: LossView) -> str:
        return (
            "minus ln p for yes and minus ln(1 - p) for no: with p = 1 / (1 + exp(-y)) these are ln(1 + exp(-y)) "
            "and ln(1 + exp(y)), which keep their digits"
        )

    def why_probability(self, view: LossView, index: Index) -> str:
        return "the logistic function turns the output into a probability"

    def why_gradient(self, view: LossView, index: Index, path: str = "") -> str:
        return "ln(1 + exp(-y)) differentiates to p - 1, ln(1 + exp(y)) to p: weighed by the target, p minus the target"

    def _terms(self, view: LossView, index: Index) -> list[Expression]:
        y, q = view.y(index), self.q(view, index)
        if q.value in (0.0, 1.0):
            return [_softplus(y, -1 if q.value else 1)]
        return [q * _softplus(y, -1), (1.0 - q) * _softplus(y, 1)]


def _softplus(y: Symbol, sign: int) -> Expression:
    """``ln(1 + exp(sign y))``, for a large exponent with that taken out first."""
    x: Expression = y if sign > 0 else -y
    return x + call("ln", 1.0 + call("exp", -x)) if x.value > LARGE else call("ln", 1.0 + call("exp", x))
