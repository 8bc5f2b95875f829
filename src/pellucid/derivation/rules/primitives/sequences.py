"""Steps of sequences, which only change their index, and differences from the last step."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.derivation.algebra.expression import Constant, Expression
from pellucid.derivation.rules.data_movement import DataMovementRule
from pellucid.derivation.rules.rule import Index, Link, Rule, View


class StackRule(DataMovementRule):
    """``y[b, t] = x_t[b]``."""

    def source(self, view: View, index: Index, path: str) -> tuple[Index, str]:
        b, t, *rest = index
        return (b, *rest), str(t)

    def targets(self, view: View, index: Index, path: str) -> Iterator[tuple[Index, str]]:
        b, *rest = index
        yield (b, int(path), *rest), ""

    def why(self, view: View) -> str:
        return "the outputs of all steps, as one sequence"


class SubtractLastRule(Rule):
    """``y_t = x_t - x_T``, so ``dy_t/dx_t = 1`` and ``dy_t/dx_T = -1``; the last step has no slope by itself."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        return view.x(index) - view.x(_at_last(view, index, ""))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        b, t, k = index
        last = _at_last(view, index, "")[1]
        if t < last:
            yield Link(view.entry(index), Constant(1.0))
            return
        for step in range(last):
            yield Link(view.entry((b, step, k)), Constant(-1.0))

    def why(self, view: View) -> str:
        return "what the step differs by from the last one of the window"

    def why_slope(self, view: View) -> str:
        return (
            "the slope of a difference is 1 by its first term and -1 by the second, the last step, which all steps have"
        )


class AddLastRule(Rule):
    """``y_h = z_h + x_T``, so ``dy_h/dz_h = dy_h/dx_T = 1``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        return view.x(index, "1") + view.x(_at_last(view, index, "0"), "0")

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        if path == "1":
            yield Link(view.entry(index), Constant(1.0))
            return
        b, _, k = index
        steps, features = view.outputs[""].value.shape[1:]
        if index == _at_last(view, index, "0") and k < features:
            for step in range(steps):
                yield Link(view.entry((b, step, k)), Constant(1.0))

    def why(self, view: View) -> str:
        return "the last step of the window is put back on the change from it"

    def why_slope(self, view: View) -> str:
        return "the slope of a sum by each of its terms is 1; the last step is a term of every step of the output"


def _at_last(view: View, index: Index, path: str) -> Index:
    """The same place at the last step of an input."""
    return (index[0], view.inputs[path].value.shape[1] - 1, index[2])
