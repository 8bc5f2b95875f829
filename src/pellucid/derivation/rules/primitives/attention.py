"""Attention: scores, the softmax of each row, and the sums of the values by its weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pellucid.derivation.algebra.expression import Constant, Expression, total
from pellucid.derivation.algebra.functions import call
from pellucid.derivation.rules.rule import Index, Link, Rule, View


class ScoresRule(Rule):
    """``score_ts = q_t k_s / sqrt(K)``, so ``dscore/dq = k / sqrt(K)`` and ``dscore/dk = q / sqrt(K)``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        b, head, t, s = index
        size = _size(view, "q")
        columns = range(head * size, (head + 1) * size)
        return total([view.x((b, t, j), "q") * view.x((b, s, j), "k") for j in columns]) / _root(size)

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        (b, at, j), layer = index, _layer(view)
        size, steps = _size(view, "q"), view.node.inputs["q"].value.shape[1]
        others, partner = (layer.keys_for, "k") if path == "q" else (layer.queries_for, "q")
        for other in others(at, steps):
            pair = (at, other) if path == "q" else (other, at)
            yield Link(view.entry((b, j // size, *pair)), view.x((b, other, j), partner) / _root(size))

    def why(self, view: View) -> str:
        return (
            "how well the query of one step matches the key of another: their dot product, divided by sqrt(K) so "
            "that it does not grow with K"
        )

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        if path == "q":
            return "a query changes its score with every step that it attends to, by the key of that step"
        return "a key changes its score with every step that attends to it, by the query of that step"


class AttentionWeightsRule(Rule):
    """``w_s = exp(a_s) / sum exp(a)``, so ``dw_s/da_s = w_s (1 - w_s)`` and ``dw_s/da_r = -w_s w_r``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        *row, t, s = index
        seen = self._seen(view, t)
        if s not in seen:
            return Constant(0.0)
        scores = {other: view.x((*row, t, other)) for other in seen}
        largest = max(scores.values(), key=lambda symbol: symbol.number)
        return call("exp", scores[s] - largest) / total([call("exp", score - largest) for score in scores.values()])

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        *row, t, moved = index
        if moved not in self._seen(view, t):
            return
        w = view.y(index)
        for s in self._seen(view, t):
            at = (*row, t, s)
            yield Link(view.entry(at), w * (1.0 - w) if s == moved else -(view.y(at) * w))

    def why(self, view: View) -> str:
        return "softmax turns the scores into shares: above 0, and with a sum of 1 over the steps attended to"

    def why_slope(self, view: View) -> str:
        return "the weights of a step sum to 1: what one gains, w (1 - w), the others lose by their own share, -w w'"

    def _seen(self, view: View, t: int) -> range:
        seen: range = _layer(view).keys_for(t, view.node.inputs[""].value.shape[-1])
        return seen


class WeightedSumRule(Rule):
    """``head_t = sum_s w_ts v_s``, so ``dhead/dw = v`` and ``dhead/dv = w``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        b, t, j = index
        size, seen = _size(view, "v"), _layer(view).keys_for(t, view.node.inputs["v"].value.shape[1])
        return total([view.x((b, j // size, t, s), "weights") * view.x((b, s, j), "v") for s in seen])

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        size = _size(view, "v")
        if path == "weights":
            b, head, t, s = index
            for j in range(head * size, (head + 1) * size):
                yield Link(view.entry((b, t, j)), view.x((b, s, j), "v"))
            return
        b, s, j = index
        for t in _layer(view).queries_for(s, view.node.inputs["v"].value.shape[1]):
            yield Link(view.entry((b, t, j)), view.x((b, j // size, t, s), "weights"))

    def why(self, view: View) -> str:
        return "the values of all steps attended to, each times its attention weight"

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        if path == "v":
            return "a value contributes, by its weight, to every step that attends to it"
        return "a weight changes the sum by the value that it multiplies"


def _layer(view: View) -> Any:
    return view.node.layer


def _size(view: View, name: str) -> int:
    """K, the columns of a head."""
    size: int = view.node.inputs[name].value.shape[-1] // _layer(view).heads
    return size


def _root(size: int) -> Expression:
    return call("sqrt", float(size))
