"""Steps of sequences: numbers only change their place."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.derivation.expression import Constant, Expression
from pellucid.derivation.rules.rule import Index, Link, Rule, View


class MovedRule(Rule):
    """``y = x``, at another place: the slope is 1."""

    def why(self, view: View) -> str:
        return "the same number at another place"

    def why_slope(self, view: View) -> str:
        return "only the place changes, so the gradient stays as it is"


class FoldRule(MovedRule):
    """``y[b T + t] = x[b, t]``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        row, *rest = index
        return view.x((*divmod(row, view.node.inputs[""].value.shape[1]), *rest))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        b, t, *rest = index
        yield Link(view.entry((b * view.node.inputs[""].value.shape[1] + t, *rest)), Constant(1.0))

    def why(self, view: View) -> str:
        return "every step of every sequence is an example of its own"


class UnfoldRule(MovedRule):
    """``y[b, t] = x[b T + t]``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        b, t, *rest = index
        return view.x((b * view.node.outputs[""].value.shape[1] + t, *rest))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        row, *rest = index
        yield Link(view.entry((*divmod(row, view.node.outputs[""].value.shape[1]), *rest)), Constant(1.0))

    def why(self, view: View) -> str:
        return "the steps stand in their sequences again"


class StackRule(MovedRule):
    """``y[b, t] = x_t[b]``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        b, t, *rest = index
        return view.x((b, *rest), str(t))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        b, *rest = index
        yield Link(view.entry((b, int(path), *rest)), Constant(1.0))

    def why(self, view: View) -> str:
        return "what the layer says at each step, as one sequence"
