"""One step of a recurrent layer: its weighted sums, its memory, and its next state."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.derivation.algebra.expression import Constant, Expression, total
from pellucid.derivation.primitives import WeightedSums
from pellucid.derivation.rules.rule import Index, Link, Rule, View


class WeightedSumsRule(Rule):
    """``net = x_t W + h U + b``, so ``dnet/dW = x_t``, ``dnet/dU = h``, ``dnet/db = 1``; by x W, by h U."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        (b, k), sums = index, _weighted_sums(view)
        column = (sums.first + sums.names.index(path)) * sums.units + k
        terms: list[Expression] = []
        for name, weight in (("x", "W"), ("h", "U")):
            if name in view.node.inputs:
                rows = range(len(view.node.params[weight]))
                terms += [view.weight(weight, (i, column)) * self._given(view, weight, b, i) for i in rows]
        bias = view.weight("b", (column,)) if "b" in view.node.params else view.weight("c", (k,))
        return total([*terms, bias])

    def by_weight(self, view: View, weight: str, index: Index) -> Iterator[Link]:
        sums, (*row, column) = _weighted_sums(view), index
        gate, k = divmod(column, sums.units)
        gate -= 0 if weight == "c" else sums.first
        if not 0 <= gate < len(sums.names):
            return
        name = sums.names[gate]
        for b in range(len(view.node.outputs[name].value)):
            slope = self._given(view, weight, b, *row) if row else Constant(1.0)
            yield Link(view.entry((b, k), name), slope)

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        sums, (b, *step, i) = _weighted_sums(view), index
        if step and step != [sums.step]:
            return
        for gate, name in enumerate(sums.names):
            for k in range(sums.units):
                column = (sums.first + gate) * sums.units + k
                yield Link(view.entry((b, k), name), view.weight("W" if path == "x" else "U", (i, column)))

    def why(self, view: View) -> str:
        before = "the state from the step before"
        given = {"x": "this step of the sequence", "h": before}
        parts = " and ".join(words for name, words in given.items() if name in view.node.inputs)
        return f"{parts}, each number by its weight, and the bias: the weights are the same at every step"

    def why_weight(self, view: View, weight: str) -> str:
        return (
            "the same weight is used at every step, so its gradient is a sum over time: at each step the gradient "
            f"by the weighted sum, times {self._factor(weight)}"
        )

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        what = "this number of the sequence" if path == "x" else "the state"
        return f"{what} enters every sum of its step, each by its own weight"

    def _factor(self, weight: str) -> str:
        factors = {"W": "the input that the weight multiplies", "U": "the state from the step before"}
        return factors.get(weight, "1, for a bias")

    def _given(self, view: View, weight: str, b: int, i: int) -> Expression:
        """What row i of a weight multiplies in example b."""
        return view.x((b, _weighted_sums(view).step, i), "x") if weight == "W" else view.x((b, i), "h")


def _weighted_sums(view: View) -> WeightedSums:
    sums = view.node.layer
    assert isinstance(sums, WeightedSums)
    return sums


class MemoryRule(Rule):
    """``c' = f c + i g``: each factor has the other for its slope."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        kept = view.x(index, "forget") * view.x(index, "before")
        return kept + view.x(index, "input") * view.x(index, "proposal")

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        partners = {"forget": "before", "before": "forget", "input": "proposal", "proposal": "input"}
        yield Link(view.entry(index), view.x(index, partners[path]))

    def why(self, view: View) -> str:
        return "the forget gate keeps this share of the old memory, the input gate adds this share of the proposal"

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        return {
            "before": "from step to step memory is only scaled by the forget gate: where the gate is near 1, the "
            "gradient goes far back in time without fading",
            "forget": "the slope by the forget gate is the old memory that it scales",
            "input": "the slope by the input gate is the proposal that it scales",
            "proposal": "the proposal is scaled by the input gate",
        }[path]


class BlendRule(Rule):
    """``h' = z h + (1 - z) n``, so ``dh'/dz = h - n``, ``dh'/dh = z``, ``dh'/dn = 1 - z``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        z = view.x(index, "update")
        return z * view.x(index, "before") + (1.0 - z) * view.x(index, "proposal")

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        z = view.x(index, "update")
        slopes: dict[str, Expression] = {
            "update": view.x(index, "before") - view.x(index, "proposal"),
            "before": z,
            "proposal": 1.0 - z,
        }
        yield Link(view.entry(index), slopes[path])

    def why(self, view: View) -> str:
        return "the update gate keeps this share of the old state; the rest is the proposal"

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        return {
            "before": "the update gate scales the old state: where it is near 1, the gradient goes far back in time",
            "update": "the slope by the gate is the difference between the old state and the proposal",
            "proposal": "the proposal is scaled by what the update gate leaves: 1 minus the gate",
        }[path]
