"""Maxout: the largest of several weighted sums."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.derivation.algebra.expression import Constant, Expression, total
from pellucid.derivation.rules.rule import Index, Link, Rule, View


class MaxoutRule(Rule):
    """``y_k = sum_i x_i W_ipk + b_pk`` with p the winning piece, so ``dy_k/dW_ipk = x_i``, ``dy_k/dx_i = W_ipk``.

    The weights of the other pieces move nothing.
    """

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        *place, k = index
        p = self._winner(view, index)
        features = view.node.params["W"].shape[0]
        terms: list[Expression] = [view.weight("W", (i, p, k)) * view.x((*place, i)) for i in range(features)]
        return total([*terms, view.weight("b", (p, k))])

    def why(self, view: View) -> str:
        return "the largest of the weighted sums of a unit, its pieces"

    def why_at(self, view: View, index: Index, path: str = "") -> str:
        *place, k = index
        p, z = self._winner(view, index), view.node.cache["z"][(*place, slice(None), k)]
        others = ", ".join(f"{q} has {number:.4g}" for q, number in enumerate(z) if q != p)
        return f"{self.why(view)}: here piece {p} won, with {z[p]:.4g}" + (f" ({others})" if others else "")

    def by_weight(self, view: View, weight: str, index: Index) -> Iterator[Link]:
        *row, p, k = index
        for place in np.ndindex(view.outputs[""].value.shape[:-1]):
            if self._winner(view, (*place, k)) == p:
                yield Link(view.entry((*place, k)), view.x((*place, *row)) if weight == "W" else Constant(1.0))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        *place, i = index
        for k in range(view.node.params["W"].shape[-1]):
            output = (*place, k)
            yield Link(view.entry(output), view.weight("W", (i, self._winner(view, output), k)))

    def why_slope(self, view: View) -> str:
        return "only the largest piece reaches the output, a weighted sum; a small change of another changes nothing"

    def _winner(self, view: View, index: Index) -> int:
        return int(view.node.cache["winner"][index])
