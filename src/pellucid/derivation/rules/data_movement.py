"""Layers that only move numbers: every output is an input at another index."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from itertools import product

import numpy as np

from pellucid.derivation.algebra.expression import Constant, Expression
from pellucid.derivation.rules.rule import MASK, VALUES, Index, Link, Rule, View
from pellucid.layers.windows import each_axis
from pellucid.masked import Masked


class DataMovementRule(Rule):
    """``y[index] = x[source]``, so an input moves each place that it goes to as much as it moves."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        return view.x(*self.source(view, index, path))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        for target, output in self.targets(view, index, path):
            yield Link(view.entry(target, output), Constant(1.0))

    def why_slope(self, view: View) -> str:
        return "the number is the same at its new index, so the slope is 1"

    @abstractmethod
    def source(self, view: View, index: Index, path: str) -> tuple[Index, str]:
        """Where an output comes from: its index, and the path of its input."""

    @abstractmethod
    def targets(self, view: View, index: Index, path: str) -> Iterator[tuple[Index, str]]:
        """Where an input goes: the index, and the path of the output."""


class ReshapeRule(DataMovementRule):
    """The same numbers in the same order, in another shape: Flatten, Reshape, and steps taken as examples and back.

    ``reason`` is why an output is what it is.
    """

    def __init__(self, reason: str = "the same number at another index") -> None:
        self._reason = reason

    def source(self, view: View, index: Index, path: str) -> tuple[Index, str]:
        return _same_place(index, view.outputs[""].value, view.inputs[""].value), ""

    def targets(self, view: View, index: Index, path: str) -> Iterator[tuple[Index, str]]:
        yield _same_place(index, view.inputs[""].value, view.outputs[""].value), ""

    def why(self, view: View) -> str:
        return self._reason


class PermuteRule(DataMovementRule):
    """``y[b, i, j] = x[b, j, i]``: the same number, its places in another order."""

    def source(self, view: View, index: Index, path: str) -> tuple[Index, str]:
        axes = (0, *view.layer.axes)
        return tuple(index[axes.index(k)] for k in range(len(axes))), ""

    def targets(self, view: View, index: Index, path: str) -> Iterator[tuple[Index, str]]:
        yield tuple(index[k] for k in (0, *view.layer.axes)), ""

    def why(self, view: View) -> str:
        return "the same number, its axes in another order"


class UpSampleRule(DataMovementRule):
    """``y[n] = x[n // size]``: a number goes to all places of its block."""

    def source(self, view: View, index: Index, path: str) -> tuple[Index, str]:
        batch, *place, channel = index
        return (batch, *(n // size for n, size in zip(place, self._sizes(view), strict=True)), channel), ""

    def targets(self, view: View, index: Index, path: str) -> Iterator[tuple[Index, str]]:
        batch, *place, channel = index
        block = (range(n * size, (n + 1) * size) for n, size in zip(place, self._sizes(view), strict=True))
        yield from (((batch, *inside, channel), "") for inside in product(*block))

    def why(self, view: View) -> str:
        return "each number is repeated over a block"

    def why_slope(self, view: View) -> str:
        return "this number is copied to all places of the block, so their gradients are added"

    def _sizes(self, view: View) -> tuple[int, ...]:
        return each_axis(view.layer.size, view.layer.axes)


class JoinRule(DataMovementRule):
    """Arrays joined on the last axis; of Masked ones ("0" values, "1" mask) the mask is that of the first."""

    def source(self, view: View, index: Index, path: str) -> tuple[Index, str]:
        *place, k = index
        parts = self._parts(view, path)
        if path == MASK:
            return index, parts[0]
        for part in parts:
            width = view.inputs[part].value.shape[-1]
            if k < width:
                break
            k -= width
        return (*place, k), part

    def targets(self, view: View, index: Index, path: str) -> Iterator[tuple[Index, str]]:
        output = "" if "" in view.outputs else path.rsplit("/", 1)[-1]
        parts = self._parts(view, output)
        if output == MASK:
            yield from [(index, output)] if path == parts[0] else []
            return
        before = sum(view.inputs[part].value.shape[-1] for part in parts[: parts.index(path)])
        yield (*index[:-1], before + index[-1]), output

    def why(self, view: View) -> str:
        return "the arrays are concatenated: this number comes from one of them"

    def _parts(self, view: View, output: str) -> list[str]:
        """The paths of the inputs that make this output, in order."""
        x = view.node.x
        names = sorted(x) if isinstance(x, dict) else range(len(x))
        return [f"{name}/{output}" if isinstance(x[name], Masked) else f"{name}" for name in names]


class MaskRule(DataMovementRule):
    """Values as they are ("0"), and a mask ("1") of where they count; masked steps get no gradient."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        return super().output(view, index, path) if path == VALUES else Constant(view.y(index, path).number)

    def source(self, view: View, index: Index, path: str) -> tuple[Index, str]:
        return index, ""

    def targets(self, view: View, index: Index, path: str) -> Iterator[tuple[Index, str]]:
        if view.node.cache["mask"][index[:2]] > 0.5:
            yield index, VALUES

    def why(self, view: View) -> str:
        return f"steps whose features all are {view.layer.padding:g} are masked: their mask is 0, of others 1"

    def why_slope(self, view: View) -> str:
        return "a step that is not masked has a slope of 1, a masked one of 0"


def _same_place(index: Index, there: np.ndarray, here: np.ndarray) -> Index:
    """The index into ``here`` of the number that stands, counted through, where ``index`` is in ``there``."""
    return tuple(map(int, np.unravel_index(np.ravel_multi_index(index, there.shape), here.shape)))
