"""How much a code changes with its input."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.derivation.algebra.expression import Expression, total
from pellucid.derivation.primitives import Slope
from pellucid.derivation.rules.rule import Index, Link, Rule, View


class SlopeRule(Rule):
    """``slope = code (1 - code)``, with slope ``1 - 2 code``; or ``1 - code^2``, with ``-2 code``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        code = view.x(index)
        return code * (1.0 - code) if self._logistic(view) else 1.0 - code**2

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        code = view.x(index)
        yield Link(view.entry(index), 1.0 - 2.0 * code if self._logistic(view) else -2.0 * code)

    def why(self, view: View) -> str:
        return "the slope of this unit by its pre-activation"

    def why_slope(self, view: View) -> str:
        return "the slope is itself part of the loss, so it is differentiated once more"

    def _logistic(self, view: View) -> bool:
        layer = view.node.layer
        assert isinstance(layer, Slope)
        return layer.logistic


class SquaredLengthsRule(Rule):
    """``n_k = sum_i W_ik^2``, so ``dn_k/dW_ik = 2 W_ik``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        rows = range(len(view.node.params["W"]))
        squares: list[Expression] = [view.weight("W", (i, *index)) ** 2 for i in rows]
        return total(squares)

    def by_weight(self, view: View, weight: str, index: Index) -> Iterator[Link]:
        yield Link(view.entry(index[1:]), 2.0 * view.weight("W", index))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        return iter(())

    def why(self, view: View) -> str:
        return "the squared length of the weights into this unit: how much its pre-activation can change"

    def why_slope(self, view: View) -> str:
        return "a weight is used in the sum and in this length: its gradient has a term for each"


class ContractionRule(Rule):
    """``c = sum_k slope_k^2 n_k``, so ``dc/dslope_k = 2 slope_k n_k`` and ``dc/dn_k = slope_k^2``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        place, units = index[:-1], range(view.node.inputs["lengths"].value.size)
        return total([view.x((*place, k), "slope") ** 2 * view.x((k,), "lengths") for k in units])

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        if path == "slope":
            *place, k = index
            yield Link(view.entry((*place, 0)), 2.0 * view.x(index, "slope") * view.x((k,), "lengths"))
            return
        for at in np.ndindex(view.node.outputs[""].value.shape[:-1]):
            yield Link(view.entry((*at, 0)), view.x((*at, *index), "slope") ** 2)

    def why(self, view: View) -> str:
        return "the Jacobian of the code has the slope of each unit times its weights: this is the sum of its squares"

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        if path == "slope":
            return "a square differentiates to twice what is squared"
        return "the slope by a length is the squared slope of the unit, in every example"
