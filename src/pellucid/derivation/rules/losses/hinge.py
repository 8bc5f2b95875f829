"""The hinge: by how much margins are missed."""

from __future__ import annotations

import math

from pellucid.derivation.algebra.expression import Expression, Symbol, total
from pellucid.derivation.algebra.functions import call
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.rules.losses.loss_rule import LossRule, LossView, divide, mean_of
from pellucid.derivation.rules.rule import Index


class HingeRule(LossRule):
    """``E = sum_{j != t} max(0, m_j)``, ``m_j = y_j - y_t + margin``; with one output ``m = margin - s y``."""

    def value(self, view: LossView, example: int) -> Expression:
        missed = [m for index in view.outputs_of(example) for m in self._margins(view, index, only_own=True)]
        return mean_of([call("max", 0.0, m) for m in missed], math.prod(view.values.shape[1:-1]))

    def gradient(self, view: LossView, index: Index, path: str = "") -> Expression:
        broken = total([call("max", 0.0, call("sign", m)) for m in self._margins(view, index)])
        if view.values.shape[-1] == 1:
            broken = -(self._sign(view, index) * broken)
        elif index[-1] == self._right(view, index):
            broken = -broken
        return divide(broken, math.prod(view.values.shape[1:-1]))

    def inside(self, view: LossView, index: Index, path: str = "") -> tuple[DerivationStep, ...]:
        return tuple(self._step(view, (*index[:-1], j)) for j in self._rivals(view, index))

    def why(self, view: LossView) -> str:
        if view.values.shape[-1] == 1:
            return "by how much the score falls short of the margin on the right side of 0, and 0 where it does not"
        return "by how much each other class comes within the margin of the right one, and 0 where it does not"

    def why_gradient(self, view: LossView, index: Index, path: str = "") -> str:
        broken = sum(m.value > 0 for m in self._margins(view, index))
        if view.values.shape[-1] == 1:
            return "the margin is " + ("broken: the score is pulled to its side" if broken else "kept: nothing pulls")
        if index[-1] == self._right(view, index):
            return f"the right class is pulled up once for every margin that is broken, here {broken}"
        return "this class breaks the margin: 1" if broken else "this class keeps the margin: 0"

    def _margins(self, view: LossView, index: Index, only_own: bool = False) -> list[Symbol]:
        """By how much the margins that this output has a part in are missed; ``only_own``: not as the right class."""
        return [self._m(view, (*index[:-1], j)) for j in self._rivals(view, index) if not only_own or j == index[-1]]

    def _rivals(self, view: LossView, index: Index) -> list[int]:
        """The classes whose margin this output has a part in: itself, or, for the right class, all others."""
        classes = view.values.shape[-1]
        right = self._right(view, index)
        return [index[-1]] if classes == 1 or index[-1] != right else [j for j in range(classes) if j != right]

    def _m(self, view: LossView, index: Index) -> Symbol:
        y, margin = view.values, view.loss.margin
        if y.shape[-1] == 1:
            return view.inside("m", index, margin - self._sign(view, index).value * y[index])
        return view.inside("m", index, y[index] - y[(*index[:-1], self._right(view, index))] + margin)

    def _step(self, view: LossView, index: Index) -> DerivationStep:
        m, margin = self._m(view, index), view.inside("margin", (), view.loss.margin)
        if view.values.shape[-1] == 1:
            formula = margin - self._sign(view, index) * view.y(index)
        else:
            formula = view.y(index) - view.y((*index[:-1], self._right(view, index))) + margin
        why = "above 0: the margin is broken" if m.value > 0 else "not above 0: the margin is kept"
        return DerivationStep(m.name, formula, m.value, why, (), "forward")

    def _right(self, view: LossView, index: Index) -> int:
        rows = view.target.ndim == view.values.ndim
        place = view.target[index[:-1]]
        return int(place.argmax()) if rows else int(place) if view.values.shape[-1] > 1 else 0

    def _sign(self, view: LossView, index: Index) -> Symbol:
        return view.inside("s", index, 1.0 if view.t(index).value > 0 else -1.0)
