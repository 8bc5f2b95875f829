"""Sums and products, number by number."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.derivation.algebra.expression import Constant, Expression
from pellucid.derivation.rules.rule import Index, Link, Rule, View


class AddRule(Rule):
    """``y = x_1 + x_2``, so ``dy/dx_1 = dy/dx_2 = 1``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        return view.x(index, "0") + view.x(index, "1")

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        yield Link(view.entry(index), Constant(1.0))

    def why(self, view: View) -> str:
        return "the sum of two branches"

    def why_slope(self, view: View) -> str:
        return "the slope of a sum by each of its terms is 1"


class MultiplyRule(Rule):
    """``y = x_1 x_2``, so ``dy/dx_1 = x_2`` and ``dy/dx_2 = x_1``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        return view.x(index, "0") * view.x(index, "1")

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        yield Link(view.entry(index), view.x(index, "1" if path == "0" else "0"))

    def why(self, view: View) -> str:
        return "the gate, between 0 and 1, scales the other number"

    def why_slope(self, view: View) -> str:
        return "the slope of a product by one factor is the other factor"


class ShiftRule(Rule):
    """``y_k = x_k + b_k``, so ``dy_k/dx_k = dy_k/db_k = 1``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        return view.x(index) + view.weight("b", index[-1:])

    def by_weight(self, view: View, weight: str, index: Index) -> Iterator[Link]:
        for place in np.ndindex(view.node.outputs[""].value.shape[:-1]):
            yield Link(view.entry((*place, *index)), Constant(1.0))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        yield Link(view.entry(index), Constant(1.0))

    def why(self, view: View) -> str:
        return "the bias is added"

    def why_slope(self, view: View) -> str:
        return "the slope of a sum by each of its terms is 1, by the bias too"
