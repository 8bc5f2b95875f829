"""A loss at every step of a sequence."""

from __future__ import annotations

import numpy as np

from pellucid.derivation.algebra.expression import Constant, Expression, total
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.rules.losses.loss_rule import FEW, LossRule, LossView, divide, loss_rule
from pellucid.derivation.rules.rule import MASK, VALUES, Index


class SequenceLossRule(LossRule):
    """``E = sum_t m_t E_t / sum_t m_t``: of the loss inside, at every step that is there."""

    def value(self, view: LossView, example: int) -> Expression:
        steps, values = self._steps(view, example), _values(self._inner(view))
        symbols = [view.inside("E", (example, t), values[example, t]) for t in steps]
        return divide(total([*symbols]), len(steps))

    def gradient(self, view: LossView, index: Index, path: str = "") -> Expression | None:
        if path == MASK:
            return Constant(0.0)
        steps, inner = self._steps(view, index[0]), self._inner(view)
        if index[1] not in steps:
            return Constant(0.0)
        formula = loss_rule(inner.loss).gradient(inner, _example_index(inner, index))
        return None if formula is None else divide(formula, len(steps))

    def inside(self, view: LossView, index: Index, path: str = "") -> tuple[DerivationStep, ...]:
        if path == MASK or index[1] not in self._steps(view, index[0]):
            return ()
        inner = self._inner(view)
        return loss_rule(inner.loss).inside(inner, _example_index(inner, index))

    def parts(self, view: LossView, example: int) -> tuple[DerivationStep, ...]:
        inner, there = self._inner(view), self._steps(view, example)
        if len(there) > FEW:
            return ()
        rule, values, steps = loss_rule(inner.loss), _values(inner), []
        for t in there:
            n = example * inner.steps + t
            value = view.inside("E", (example, t), values[example, t])
            steps.append(
                DerivationStep(
                    value.name, rule.value(inner, n), value.value, rule.why(inner), rule.parts(inner, n), "forward"
                )
            )
        return tuple(steps)

    def why(self, view: LossView) -> str:
        padding = ": padding does not count" if MASK in view.wires else ""
        return f"the mean over the steps that are not masked{padding}"

    def why_gradient(self, view: LossView, index: Index, path: str = "") -> str:
        if path == MASK:
            return "the mask only says which steps count"
        if index[1] not in self._steps(view, index[0]):
            return "this step is padding: the mask hides it from the loss"
        inner = self._inner(view)
        return (
            f"{loss_rule(inner.loss).why_gradient(inner, _example_index(inner, index))}; the mean divides by the steps"
        )

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


def _values(inner: LossView) -> np.ndarray:
    """The loss inside at every step, (B, T)."""
    return np.asarray(inner.loss.value(inner.values, inner.target)).reshape(-1, inner.steps)


def _example_index(inner: LossView, index: Index) -> Index:
    """The index of a step seen as an example."""
    return (index[0] * inner.steps + index[1], *index[2:])
