"""Pooling: one number for a window, or for all of a channel."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.derivation.algebra.expression import Constant, Expression, total
from pellucid.derivation.algebra.functions import call
from pellucid.derivation.algebra.step import Grid
from pellucid.derivation.rules.rule import MASK, VALUES, Index, Link, Rule, View
from pellucid.derivation.rules.window_indices import WindowIndices
from pellucid.layers.windows import place_windows


class MaxPoolRule(Rule):
    """``y = max_p x_p`` over a window, so ``dy/dx`` is 1 for the place that won and 0 for the others."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        batch, *window, c = index
        seen = [view.x((batch, *position, c)) for _, position in _places(view).positions(tuple(window))]
        return call("max", *seen) if len(seen) > 1 else seen[0]

    def why(self, view: View) -> str:
        return "the largest number of the window passes"

    def why_at(self, view: View, index: Index, path: str = "") -> str:
        batch, *window, c = index
        won = view.node.cache["winner"][index]
        places = _places(view)
        for place, position in places.positions(tuple(window)):
            if places.flat_index(place) == won:
                return f"{self.why(view)}: here {view.x((batch, *position, c)).name} won"
        return self.why(view)

    def grids(self, view: View, index: Index, path: str = "") -> tuple[Grid, ...]:
        """The window."""
        (batch, *window, c), wire = index, view.inputs[""]
        rows = _places(view).values_in(wire.value[batch, ..., c], tuple(window), -np.inf)
        return (Grid(f"{wire.name} in the window, channel {c}", rows),)

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        for output in self._won(view, index):
            yield Link(view.entry(output), Constant(1.0))

    def why_slope(self, view: View) -> str:
        return "only the largest number of a window reaches the output, so the gradient goes back to it alone"

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        won = len(list(self._won(view, index)))
        fate = "won in no window" if not won else "won" if won == 1 else f"won in {won} windows"
        return f"{self.why_slope(view)}: {view.x(index).name} {fate}"

    def _won(self, view: View, index: Index) -> Iterator[Index]:
        """The windows in which this number won."""
        (batch, *position, c), places = index, _places(view)
        for window, place in places.windows_over(tuple(position)):
            if view.node.cache["winner"][(batch, *window, c)] == places.flat_index(place):
                yield batch, *window, c


class AveragePoolRule(Rule):
    """``y = sum_p x_p / P`` over the P places of a window that are not padding, so ``dy/dx = 1 / P``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        batch, *window, c = index
        seen = [view.x((batch, *position, c)) for _, position in _places(view).positions(tuple(window))]
        return total([*seen]) / len(seen)

    def why(self, view: View) -> str:
        return "the mean of the window"

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        (batch, *position, c), places = index, _places(view)
        for window, _ in places.windows_over(tuple(position)):
            count = len(list(places.positions(window)))
            yield Link(view.entry((batch, *window, c)), Constant(1.0) / count)

    def why_slope(self, view: View) -> str:
        return "the slope of a mean of P numbers by each of them is 1 / P"


class GlobalMaxPoolRule(Rule):
    """``y = max_s x_s`` over all places, so ``dy/dx`` is 1 for the place that won and 0 for the others."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        return view.x(self._winner(view, index))

    def why(self, view: View) -> str:
        return "the largest number of each channel passes"

    def why_at(self, view: View, index: Index, path: str = "") -> str:
        count = int(np.prod(view.inputs[""].value.shape[1:-1]))
        return f"{self.why(view)}: of {count} places, {view.x(self._winner(view, index)).name} won"

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        output = index[0], index[-1]
        if self._winner(view, output) == index:
            yield Link(view.entry(output), Constant(1.0))

    def why_slope(self, view: View) -> str:
        return "only the largest number of a channel reaches the output, so the gradient goes back to it alone"

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        won = self._winner(view, (index[0], index[-1])) == index
        return f"{self.why_slope(view)}: {view.x(index).name} {'won' if won else 'did not win'}"

    def _winner(self, view: View, index: Index) -> Index:
        place = np.unravel_index(view.node.cache["winner"][index], view.inputs[""].value.shape[1:-1])
        return (index[0], *map(int, place), index[1])


class GlobalAveragePoolRule(Rule):
    """``y = sum_s x_s / N`` over all N places, of Masked x over those that are there; ``dy/dx = 1 / N``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        values, (batch, c) = self._values(view), index
        places = self._there(view, batch)
        return total([view.x((batch, *place, c), values) for place in places]) / len(places)

    def why(self, view: View) -> str:
        return "the mean of each channel" + ("" if "" in view.inputs else ", over the steps that are there")

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        batch, *place, c = index
        if path != self._values(view):
            return
        places = self._there(view, batch)
        if tuple(place) in places:
            yield Link(view.entry((batch, c)), Constant(1.0) / len(places))

    def why_slope(self, view: View) -> str:
        return "the slope of a mean of N numbers by each of them is 1 / N"

    def _values(self, view: View) -> str:
        """The path of the values: of Masked x they are the first of two."""
        return "" if "" in view.inputs else VALUES

    def _there(self, view: View, batch: int) -> list[Index]:
        """The places of an example that count."""
        places = list(np.ndindex(view.inputs[self._values(view)].value.shape[1:-1]))
        if "" in view.inputs:
            return places
        return [place for place in places if view.inputs[MASK].value[(batch, *place)] > 0.5]


def _places(view: View) -> WindowIndices:
    layer = view.layer
    stride = layer.size if layer.stride is None else layer.stride
    return WindowIndices(
        place_windows(layer, layer.axes, view.inputs[""].value, layer.size, stride, padding=layer.padding)
    )
