"""Embeddings and positions: rows of weights, or of sines and cosines."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.derivation.algebra.expression import Constant, Expression
from pellucid.derivation.rules.rule import MASK, VALUES, Index, Link, Rule, View


class EmbeddingRule(Rule):
    """``y_k = W[x, k]``, so ``dy_k/dW_ik = 1`` wherever x is i. With padding, "0" is values and "1" the mask."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        if path == MASK:
            return Constant(view.y(index, path).number)
        *place, k = index
        return view.weight("W", (self._row(view, tuple(place)), k))

    def why(self, view: View) -> str:
        return "each index selects its row of W"

    def why_at(self, view: View, index: Index, path: str = "") -> str:
        if path == MASK:
            return f"the mask is 0 where the number is the padding, {view.layer.padding}, else 1"
        place = index[:-1]
        return f"{self.why(view)}: here {view.x(place).name} is {self._row(view, place)}"

    def by_weight(self, view: View, weight: str, index: Index) -> Iterator[Link]:
        i, k = index
        values = "" if "" in view.outputs else VALUES
        for place in np.argwhere(view.node.cache["index"] == i):
            yield Link(view.entry((*map(int, place), k), values), Constant(1.0))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        return iter(())

    def why_slope(self, view: View) -> str:
        return "the outputs are the weights of the selected row, so their slope is 1; an index has no gradient"

    def _row(self, view: View, place: Index) -> int:
        return int(view.node.cache["index"][place])


class SinusoidalPositionsRule(Rule):
    """``y_t = x_t + p_t``, ``dy/dx = 1``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        if path == MASK:
            return view.x(index, path)
        place = index[1:]
        wave = view.number(f"positions{list(place)}", view.node.cache["positions"][place])
        return view.x(index, path) + wave

    def why(self, view: View) -> str:
        return "sines and cosines of the position are added, different at each step"

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        yield Link(view.entry(index, path), Constant(1.0))

    def why_slope(self, view: View) -> str:
        return "what is added does not depend on the input, so the slope is 1"


class LearnedPositionsRule(Rule):
    """``y_t = x_t + W[t]``, so every slope is 1; a row of W moves its step in every example."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        return view.x(index, path) if path == MASK else view.x(index, path) + view.weight("W", index[1:])

    def why(self, view: View) -> str:
        return "each position in the sequence adds its own row of weights"

    def by_weight(self, view: View, weight: str, index: Index) -> Iterator[Link]:
        path = next(iter(view.outputs))
        batch, steps, _ = view.outputs[path].value.shape
        for example in range(batch if index[0] < steps else 0):
            yield Link(view.entry((example, *index), path), Constant(1.0))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        yield Link(view.entry(index, path), Constant(1.0))

    def why_slope(self, view: View) -> str:
        return "a sum changes by as much as any of its terms: the slope is 1"
