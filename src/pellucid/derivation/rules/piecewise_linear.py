"""PiecewiseLinear: how much of an interval is below x."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.derivation.algebra.expression import Constant, Expression
from pellucid.derivation.rules.rule import Index, Link, Rule, View


class PiecewiseLinearRule(Rule):
    """``z = (x - b) / width`` where it is not cut off, and then ``dz/dx = 1 / width``; else 0 or 1, and the slope 0."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        example, k = index
        if not self._moves(view, index):
            return Constant(float(view.node.outputs[""].value[index]))
        column, start, width, _, _ = view.layer.intervals
        x = view.x((example, int(column[k])))
        return (x - view.number(f"b[{k}]", start[k])) / view.number(f"width[{k}]", width[k])

    def why(self, view: View) -> str:
        return "how much of the interval is below the number"

    def why_at(self, view: View, index: Index, path: str = "") -> str:
        if self._moves(view, index):
            return self.why(view)
        return f"all of the interval is {'below' if view.node.outputs[''].value[index] else 'above'} the number"

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        example, d = index
        column, _, width, _, _ = view.layer.intervals
        for k in np.flatnonzero(column == d):
            if self._moves(view, (example, int(k))):
                yield Link(view.entry((example, int(k))), 1.0 / view.number(f"width[{k}]", width[k]))

    def why_slope(self, view: View) -> str:
        return "within its interval the number counts for its share of the width, outside of it for nothing"

    def _moves(self, view: View, index: Index) -> bool:
        return bool(view.node.cache["moves"][index])
