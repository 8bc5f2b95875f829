"""Dense: a weighted sum."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.derivation.algebra.expression import Constant, Expression, total
from pellucid.derivation.rules.rule import Index, Link, Rule, View

BIAS = "the slope of a sum by the bias is 1"
"""Why the gradient by a bias is what comes back."""


class DenseRule(Rule):
    """``y_k = sum_i x_i W_ik + b_k``, so ``dy_k/dW_ik = x_i``, ``dy_k/db_k = 1``, ``dy_k/dx_i = W_ik``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        *place, k = index
        features, _ = view.node.params["W"].shape
        terms: list[Expression] = [view.weight("W", (i, k)) * view.x((*place, i)) for i in range(features)]
        if "b" in view.node.params:
            terms.append(view.weight("b", (k,)))
        return total(terms)

    def why(self, view: View) -> str:
        return "every input times its weight, and the bias"

    def by_weight(self, view: View, weight: str, index: Index) -> Iterator[Link]:
        places = view.node.outputs[""].value[..., 0]
        for place in _indices(places.shape):
            if weight == "W":
                i, k = index
                yield Link(view.entry((*place, k)), view.x((*place, i)))
            else:
                yield Link(view.entry((*place, *index)), Constant(1.0))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        *place, i = index
        for k in range(view.node.params["W"].shape[1]):
            yield Link(view.entry((*place, k)), view.weight("W", (i, k)))

    def why_weight(self, view: View, weight: str) -> str:
        return BIAS if weight == "b" else self.why_slope(view)

    def why_slope(self, view: View) -> str:
        return "the slope of a weighted sum by a weight is the input, by an input the weight"


def _indices(shape: tuple[int, ...]) -> Iterator[Index]:
    from numpy import ndindex

    return iter(ndindex(shape))
