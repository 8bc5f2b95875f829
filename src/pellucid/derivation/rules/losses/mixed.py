"""The loss of a mixture of two examples."""

from __future__ import annotations

import numpy as np

from pellucid.derivation.algebra.expression import Expression, Symbol
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.rules.losses.loss_rule import LossRule, LossView, loss_rule
from pellucid.derivation.rules.rule import Index


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

    def inside(self, view: LossView, index: Index, path: str = "") -> tuple[DerivationStep, ...]:
        return tuple(step for inner in self._inner(view) for step in loss_rule(inner.loss).inside(inner, index, path))

    def parts(self, view: LossView, example: int) -> tuple[DerivationStep, ...]:
        steps = []
        for inner in self._inner(view):
            rule, value = loss_rule(inner.loss), self._symbol(inner, example)
            formula, inside = rule.value(inner, example), rule.parts(inner, example)
            steps.append(DerivationStep(value.name, formula, value.value, rule.why(inner), inside, "forward"))
        return tuple(steps)

    def why(self, view: LossView) -> str:
        return "the example is a mixture of two, and the loss for each target is weighted by its share of the mixture"

    def why_gradient(self, view: LossView, index: Index, path: str = "") -> str:
        inner, _ = self._inner(view)
        return (
            f"{loss_rule(inner.loss).why_gradient(inner, index, path)}; here for two targets, weighted like the losses"
        )

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
