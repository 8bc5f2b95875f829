"""DenseEnsemble: a weighted sum for each member."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.derivation.algebra.expression import Constant, Expression, total
from pellucid.derivation.rules.dense import DenseRule
from pellucid.derivation.rules.rule import Index, Link, View


class DenseEnsembleRule(DenseRule):
    """``y_mk = sum_i x_mi W_mik + b_mk``: of x (B, D) every member has the same x_i."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        example, m, k = index
        terms: list[Expression] = [
            view.weight("W", (m, i, k)) * view.x(_input(view, example, m, i)) for i in range(_features(view))
        ]
        return total([*terms, view.weight("b", (m, k))])

    def why(self, view: View) -> str:
        return "every input of this member times its weight, and the bias"

    def by_weight(self, view: View, weight: str, index: Index) -> Iterator[Link]:
        for example in range(len(view.node.outputs[""].value)):
            if weight == "W":
                m, i, k = index
                yield Link(view.entry((example, m, k)), view.x(_input(view, example, m, i)))
            else:
                yield Link(view.entry((example, *index)), Constant(1.0))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        example, *member, i = index
        members, _, units = view.node.params["W"].shape
        for m in member or range(members):
            for k in range(units):
                yield Link(view.entry((example, m, k)), view.weight("W", (m, i, k)))


def _features(view: View) -> int:
    return int(view.node.params["W"].shape[1])


def _input(view: View, example: int, member: int, i: int) -> Index:
    shared = view.node.inputs[""].value.ndim == 2
    return (example, i) if shared else (example, member, i)
