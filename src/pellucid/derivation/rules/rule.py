"""What a rule knows of a kind of layer: the formula of an output, and its slopes by a weight or an input.

A rule is about single numbers, a layer about whole arrays; that both agree is checked in every derivation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from pellucid.derivation.algebra.expression import Expression, Symbol
from pellucid.derivation.algebra.step import Grid
from pellucid.derivation.trace.trace import Node, Wire
from pellucid.trees import flatten, replace_leaves

Index: TypeAlias = tuple[int, ...]

VALUES, MASK = "0", "1"
"""The paths of the two arrays of a masked sequence."""


@dataclass(frozen=True)
class Entry:
    """One number on a wire."""

    wire: Wire
    index: Index

    @property
    def value(self) -> float:
        """What it is."""
        return float(self.wire.value[self.index])

    @property
    def gradient(self) -> float:
        """The gradient of the loss by it."""
        return float(self.wire.gradient[self.index])


@dataclass(frozen=True)
class Link:
    """That ``entry``, an output of a layer, changes by ``slope`` times what a weight or an input changes by."""

    entry: Entry
    slope: Expression


class View:
    """A node as a rule sees it: symbols for its numbers, by the names that the reader knows."""

    def __init__(self, node: Node, names: Any) -> None:
        self.node = node
        self.layer: Any = node.layer  # a rule knows the fields of its kind
        self.inputs, self.outputs = node.inputs, node.outputs
        self._names = names
        self._weights = flatten(node.params)

    def entry(self, index: Index, path: str = "") -> Entry:
        """The output at this index."""
        return Entry(self.outputs[path], index)

    def x(self, index: Index, path: str = "") -> Symbol:
        """An input, as a symbol."""
        wire = self.inputs[path]
        return Symbol(self._names.entry(wire, index), float(wire.value[index]))

    def y(self, index: Index, path: str = "") -> Symbol:
        """An output, as a symbol."""
        wire = self.outputs[path]
        return Symbol(self._names.entry(wire, index), float(wire.value[index]))

    def weight(self, path: str, index: Index) -> Symbol:
        """A weight of the layer, as a symbol."""
        return Symbol(self._names.weight(self.node, path, index), float(self._weights[path][index]))

    def cached(self, name: str, index: Index) -> Symbol:
        """A number of an array (B, ...) in the layer's cache, as a symbol."""
        array = self.node.cache[name]
        return Symbol(self._names.cached(self.node, name, array.shape, index), float(array[index]))

    def number(self, name: str, value: float) -> Symbol:
        """Any other number of the layer, such as one from its cache, as a symbol."""
        return Symbol(self._names.within(self.node, name), float(value))


class Rule:
    """What holds for any layer: its backward, called with a gradient of 1 at one output at a time, gives each slope."""

    most = 2_000
    """For up to so many outputs the slopes are computed one by one."""

    def output(self, view: View, index: Index, path: str = "") -> Expression | None:
        """The formula of this output; None where only the layer has it."""
        return None

    def why(self, view: View) -> str:
        """Why the output is what it is, in a sentence."""
        first = (type(view.node.layer).__doc__ or "").strip().split("\n")[0]
        return f"{view.node.layer!r}: {first}" if first else f"what {view.node.layer!r} gives"

    def why_at(self, view: View, index: Index, path: str = "") -> str:
        """The same of this output alone: which of several cases it is."""
        return self.why(view)

    def grids(self, view: View, index: Index, path: str = "") -> tuple[Grid, ...]:
        """The inputs of this output as they lie in space, such as a window; empty where there is none."""
        return ()

    def by_weight(self, view: View, weight: str, index: Index) -> Iterator[Link] | None:
        """The outputs that this weight moves, and by how much; None where there are too many outputs."""
        return self._measure(view, f"params/{weight}", index)

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link] | None:
        """The outputs that this input moves, and by how much; None where there are too many outputs."""
        return self._measure(view, f"x/{path}" if path else "x", index)

    def why_slope(self, view: View) -> str:
        """Why an output changes as it does, in a sentence."""
        return (
            f"the sum, over the outputs of {view.node.layer!r} that move, of the gradient by each times its slope: "
            "what the layer's own backward gives for a gradient of 1 at that output and 0 at all others"
        )

    def why_weight(self, view: View, weight: str) -> str:
        """Why the outputs move with this weight as they do: unless a rule says more, as ``why_slope``."""
        return self.why_slope(view)

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        """Why the outputs move with this input as they do: unless a rule says more, as ``why_slope``."""
        return self.why_slope(view)

    def _measure(self, view: View, leaf: str, index: Index) -> Iterator[Link] | None:
        node = view.node
        count = sum(wire.value.size for wire in node.outputs.values())
        return None if count > self.most else self._slopes(view, leaf, index)

    def _slopes(self, view: View, leaf: str, index: Index) -> Iterator[Link]:
        node = view.node
        zeros = replace_leaves(node.y, {path: np.zeros(wire.value.shape) for path, wire in node.outputs.items()})
        for path, wire in node.outputs.items():
            for at in np.ndindex(wire.value.shape):
                unit = np.zeros(wire.value.shape)
                unit[at] = 1.0
                dy = unit if not path else replace_leaves(zeros, {path: unit})
                dparams, dx = node.layer.backward(node.params, node.cache, dy)
                slope = float(flatten({"params": dparams, "x": dx})[leaf][index])
                if slope:
                    yield Link(Entry(wire, at), view.number(f"slope of {wire.name}{list(at)}", slope))
