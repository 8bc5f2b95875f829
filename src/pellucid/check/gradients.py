"""The gradient check: hand-written backward against two independent oracles, by every weight, bias and input."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

import numpy as np

from pellucid import ops, require
from pellucid.check.comparison import compare
from pellucid.check.gradient_report import GradientReport, LeafReport, checked_row, unchecked_row
from pellucid.check.lines import Directions, Entries, Lines
from pellucid.check.point import Point, Problem
from pellucid.errors import CheckError, UnknownNameError
from pellucid.layer import Layer, Loss, infer_output
from pellucid.trees import flatten, leaves, tree_map
from pellucid.types import Array, Params, State, Tree

Weights: TypeAlias = Literal["all", "sample", "directions"]

ALL_UP_TO = 20_000
"""Up to so many weights and inputs are checked entry by entry unless asked otherwise."""

DIRECTIONS = 10
"""Along so many random directions the whole gradient is checked at once."""

FURTHEST = 10
"""So many entries join a sample because automatic differentiation disagrees with them most."""

NEIGHBOURS = 8
"""So many points are looked at around a point that lies on a kink."""


def check_gradients(
    model: Layer,
    loss: Loss,
    x: Tree,
    y: Array,
    *,
    params: Params | None = None,
    state: State | None = None,
    weights: Weights | None = None,
    samples: int = 100,
    seed: int = 0,
    step: float = 1e-5,
    train: bool = False,
    sample_weight: Array | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> GradientReport:
    """Check ``model.backward`` by every weight, bias and input, at the examples ``x`` with targets ``y``.

    The loss is the (weighted) mean over the examples. Backward, in float64 on NumPy, is held against central
    differences, ``(E(w + h) - E(w - h)) / 2h`` with ``h = step max(1, |w|)``, and against automatic differentiation.
    The relative error is ``|a - b| / max(|a|, |b|, floor)``: below 1e-7 right, up to 1e-4 look closer, above wrong.
    The floor is where rounding alone would reach 1e-7: for central differences ``noise / (1e-7 h)``, with
    ``noise = 10 eps (1 + |E| + sum |y dE/dy|)``; for the automatic ones ``(10 eps max|gradient| + noise) / 1e-7``.

    ``weights`` says what is checked of each leaf: "all" its entries, a "sample" of ``samples`` entries, or
    ``samples`` random "directions" in which the whole leaf moves; by default all, or a sample in networks of more than
    20,000 numbers. Ten random directions check the whole gradient at once in any case. ``params`` are drawn from
    ``seed`` if not given; random layers draw from one key throughout. ``progress(done, total)`` counts the leaves.

    A kink within the step (a ReLU that switches) is recognised and said, not reported as a fault; how is told in
    ``pellucid.check.differences`` and ``comparison``. Whole numbers have no gradient and are skipped.
    Raises CheckError where there is nothing to check (no examples, a loss that is not finite), ShapeError or DataError
    for targets that the loss cannot compare with the outputs.
    """
    require.positive_int("check_gradients", "samples", samples)
    require.positive("check_gradients", "step", step)
    if weights not in (None, "all", "sample", "directions"):
        raise UnknownNameError("choice of weights", weights, ("all", "sample", "directions"))
    tree = _everything(model, x, y, params, state, seed, sample_weight)
    loss.check_target(infer_output(model, tree["params"], tree["state"], tree["x"]), tree["target"])
    numbers = {path: leaf for path, leaf in flatten(tree).items() if path.split("/")[0] in ("params", "x")}
    paths = tuple(path for path, leaf in numbers.items() if leaf.dtype == np.float64)
    if not paths:
        raise CheckError("neither the network nor x has anything but whole numbers, so there is no gradient to check")
    here = Point(Problem(model, loss, train, paths), tree)
    if not math.isfinite(here.value):
        raise CheckError(f"the loss is {here.value} at this point, so there is no gradient to check")
    few = sum(numbers[path].size for path in paths) <= ALL_UP_TO
    check = _Check(here, weights or ("all" if few else "sample"), samples, seed, step)
    rows = []
    for done, path in enumerate(numbers):
        rows.append(check.leaf(path))
        if progress:
            progress(done + 1, len(numbers))
    rows += [check.leaf(path) for path in here.faults if path not in numbers]
    return GradientReport(here.value, check.weights, step, seed, tuple(rows), check.whole())


@dataclass(frozen=True)
class _Check:
    here: Point
    weights: Weights
    samples: int
    seed: int
    step: float

    @cached_property
    def around(self) -> list[Point]:
        return [self.here.moved(self.seed + n) for n in range(NEIGHBOURS)]

    def leaf(self, path: str) -> LeafReport:
        name, shape = path.removeprefix("params/"), np.shape(flatten(self.here.tree).get(path, ()))
        if path in self.here.faults:
            return unchecked_row(name, shape, "wrong", self.here.faults[path])
        if path not in self.here.problem.paths:
            return unchecked_row(name, shape, "skipped", "whole numbers have no gradient")
        if self.weights == "directions":
            lines: Lines = Directions.random(self.here, [path], self.samples, self.seed)
            return self._row(name, shape, lines, np.arange(self.samples))
        return self._row(name, shape, Entries(path), self._chosen(path))

    def whole(self) -> LeafReport:
        """The gradient by everything, along random directions."""
        lines = Directions.random(self.here, self.here.problem.paths, DIRECTIONS, self.seed)
        size = sum(self.here.backward[path].size for path in self.here.problem.paths)
        return self._row("all at once", (size,), lines, np.arange(DIRECTIONS))

    def _chosen(self, path: str) -> Array:
        """All entries; or a sample, and with it some of those furthest from automatic differentiation."""
        size = self.here.backward[path].size
        if self.weights == "all" or size <= self.samples:
            return np.arange(size)
        sample = np.random.default_rng(self.seed).choice(size, self.samples, replace=False)
        error = np.abs(self.here.backward[path] - self.here.automatic[path]).ravel()
        return np.union1d(sample, np.argsort(error)[-FURTHEST:])

    def _row(self, name: str, shape: tuple[int, ...], lines: Lines, which: Array) -> LeafReport:
        compared = compare(lines, which, self.here, lambda: self.around, self.step)
        return checked_row(name, shape, "entries" if isinstance(lines, Entries) else "directions", compared)


def _everything(
    model: Layer, x: Tree, y: Array, params: Params | None, state: State | None, seed: int, sample_weight: Array | None
) -> Tree:
    """All that the loss reads, in one tree: floating numbers in float64, whole numbers as they are."""
    x, target = tree_map(_in_float64, x), _in_float64(y)
    share = _shares(x, target, sample_weight)
    key = ops.key(seed)
    if params is None or state is None:
        first_params, first_state = model.init(key, x)
        params = first_params if params is None else params
        state = first_state if state is None else state
    return {
        "params": tree_map(_in_float64, params),
        "x": x,
        "state": tree_map(_in_float64, state),
        "key": key if model.is_random() else None,
        "target": target,
        "share": share,
    }


def _in_float64(leaf: Any) -> Array:
    leaf = np.asarray(leaf)
    return leaf if leaf.dtype.kind in "biu" else leaf.astype(np.float64)


def _shares(x: Tree, target: Array, sample_weight: Array | None) -> Array:
    """The part of each example in the mean. Raises CheckError where there are no examples, or not as many targets."""
    shapes = [leaf.shape for leaf in (*leaves(x), target)]
    if any(not shape for shape in shapes):
        raise CheckError("x and y must be arrays with an axis for the examples; one example is x[None, :]")
    counts = [shape[0] for shape in shapes]
    if len(set(counts)) > 1 or counts[0] == 0:
        raise CheckError(
            f"x and y need the same number of examples, at least one, not {' and '.join(map(str, counts))}"
        )
    if sample_weight is None:
        return np.full(counts[0], 1.0 / counts[0])
    weight = np.asarray(sample_weight, np.float64)
    if weight.shape != (counts[0],) or not (np.isfinite(weight) & (weight >= 0)).all() or weight.sum() == 0:
        raise CheckError(f"sample_weight must be {counts[0]} numbers of at least 0 that are not all 0, not {weight}")
    return weight / weight.sum()
