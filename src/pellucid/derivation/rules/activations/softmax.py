"""Softmax: numbers turned into probabilities."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.derivation.algebra.expression import Expression, total
from pellucid.derivation.algebra.functions import call
from pellucid.derivation.rules.rule import Index, Link, Rule, View


class SoftmaxRule(Rule):
    """``p_k = exp(x_k) / sum_j exp(x_j)``, so ``dp_i/dx_i = p_i (1 - p_i)`` and ``dp_k/dx_i = -p_k p_i``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        row = [view.x((*index[:-1], k)) for k in range(view.inputs[""].value.shape[-1])]
        largest = max(row, key=lambda symbol: symbol.number)
        return call("exp", row[index[-1]] - largest) / total([call("exp", x - largest) for x in row])

    def why(self, view: View) -> str:
        return "each number's share of the sum of exponentials; subtracting the largest first changes no share"

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        p = view.y(index)
        for k in range(view.outputs[""].value.shape[-1]):
            other = (*index[:-1], k)
            yield Link(view.entry(other), p * (1.0 - p) if other == index else -(view.y(other) * p))

    def why_slope(self, view: View) -> str:
        return "the slope of a probability by its own input is p (1 - p), by the input of another -p p'"
