"""The check of a derivation: the slope measured by a central difference, and by automatic differentiation."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from pellucid.check import oracles
from pellucid.check.differences import RIGHT, WRONG, measure, relative_error
from pellucid.check.problem import EPSILON, Gradient, Problem
from pellucid.derivation.algebra.expression import Symbol
from pellucid.derivation.algebra.functions import call
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.decompositions import trace_layer
from pellucid.derivation.rules import Entry, Index
from pellucid.derivation.trace.trace import Trace, Tracer, input_wires
from pellucid.errors import ExplainError
from pellucid.layer import Layer
from pellucid.trees import flatten, replace_leaves, tree_map
from pellucid.types import Array, Key, Params, State, Tree

LossAlong = Callable[[float], float]
"""The loss, after the number has been moved by so much."""


ROUNDING_LIMIT = 0.01
"""Where rounding makes more than this part of a slope, a difference says nothing about it."""

ZERO_LIMIT = 1e-4
"""A slope of zero is seen where rounding makes no more than this."""

LONGEST_STEP = 1e-3
"""A step that is to find out about bends is no longer."""


class Judgement(NamedTuple):
    """What a difference says of a gradient, and whether it says that it is wrong."""

    words: str
    is_wrong: bool = False


def numerical_check(
    trace: Trace,
    moved: LossAlong,
    h: float,
    derived: float,
    automatic: float | None,
    error_for: Callable[[float], ExplainError],
) -> tuple[DerivationStep, ...]:
    """The steps of the central difference, of the automatic derivative where there is one, and the judgement of it.

    Raises what ``error_for`` makes of the numerical gradient where the derived one is wrong.
    """
    above, below = moved(h), moved(-h)
    difference = (Symbol("E(+h)", above) - Symbol("E(-h)", below)) / (2.0 * Symbol("h", h))
    numerical, given = Symbol("numerical", difference.value), Symbol("derived", derived)
    error = call("abs", given - numerical) / call("max", call("abs", given), call("abs", numerical), 1e-12)
    steps = [
        DerivationStep("E(+h)", None, above, "the whole network again, with this number a little larger", (), "check"),
        DerivationStep("E(-h)", None, below, "and a little smaller", (), "check"),
        DerivationStep("numerical", difference, difference.value, "the slope between the two", (), "check"),
    ]
    if automatic is not None:
        why = "by automatic differentiation, which knows nothing of our formulas"
        steps.append(DerivationStep("automatic", None, automatic, why, (), "check"))
    judgement = judge(trace, moved, h, derived, numerical.value)
    if judgement.is_wrong:
        raise error_for(numerical.value)
    why = f"how far the derived gradient is from the numerical one; {judgement.words}"
    return (*steps, DerivationStep("relative error", error, error.value, why, (), "check"))


def judge(trace: Trace, moved: LossAlong, h: float, derived: float, numerical: float) -> Judgement:
    """What the difference says of the derived gradient."""
    reach = sum(float(np.abs(wire.value * wire.gradient).sum()) for wire in flatten(trace.y).values())
    noise = 10.0 * EPSILON * (1.0 + abs(trace.error) + reach)
    error = float(relative_error(np.float64(derived), np.float64(numerical), 1e-12))
    rounding = f"E's rounding alone makes {noise / h:.0e} of a difference"
    if noise / h > (ROUNDING_LIMIT * max(abs(derived), abs(numerical)) if derived else ZERO_LIMIT):
        return Judgement(f"{rounding}: no verdict; a longer step would show more")
    if error <= RIGHT:
        return Judgement("below 1e-7: right")
    if abs(derived - numerical) <= noise / h:
        return Judgement(f"{rounding}, more than the two differ by: right")

    def line(which: Array, offsets: Array) -> Array:
        return np.array([moved(float(by)) for by in offsets])

    one = np.zeros(1, int)
    closer = measure(line, one, np.full(1, min(h, LONGEST_STEP)), np.full(1, derived), trace.error, noise)
    right = bool(relative_error(np.full(1, derived), closer.value, closer.floor)[0] <= RIGHT)
    if closer.kink[0]:
        below, above = oracles.sides(line, one, np.full(1, h), trace.error)
        bend = f"within h the slope jumps, from {below[0]:.6g} to {above[0]:.6g} (a unit switches, say a ReLU)"
        outcome = "the derived gradient is that of its own side: right" if right else "no verdict"
        return Judgement(f"{bend}: {outcome}")
    if right:
        return Judgement("E bends so much that h is too long; measured closer by, the two agree: right")
    if error <= WRONG:
        return Judgement("more than bends and rounding explain: doubtful")
    return Judgement("more than bends and rounding explain: wrong", is_wrong=True)


def loss_by_leaf(problem: Problem, tree: Tree, leaf: str, index: Index) -> LossAlong:
    """The loss as it changes with one number of a weight or an input, by its path in the ``tree``."""
    array = flatten(tree)[leaf]

    def moved(by: float) -> float:
        changed = array.copy()
        changed[index] += by
        return float(problem.value(replace_leaves(tree, {leaf: changed})))

    return moved


def automatic_gradient(problem: Problem, tree: Tree, leaf: str, index: Index) -> float | None:
    """The same gradient by automatic differentiation; None where a layer calls NumPy, which that cannot follow."""
    try:
        return float(_compiled(problem)(tree)[leaf][index])
    except Exception as error:
        if oracles.is_numpy_under_jax(error):
            return None
        raise


@lru_cache(maxsize=32)
def _compiled(problem: Problem) -> Callable[[Tree], Gradient]:
    """The automatic gradient by everything: compiled once for all numbers of a network that are asked about."""
    return problem.automatic


def loss_by_entry(problem: Problem, tree: Tree, trace: Trace, entry: Entry) -> LossAlong:
    """The loss as it changes with one number between layers: what comes before it stays."""
    node = entry.wire.producer
    path = next(path for path, wire in node.outputs.items() if wire is entry.wire) if node else ""
    number = trace.nodes.index(node) if node else 0

    def moved(by: float) -> float:
        tracer = _PerturbingTracer(problem.train, number, path, entry.index, by)
        y = trace_layer(problem.model, tracer, tree["params"], tree["state"], input_wires(tree["x"]), "", tree["key"])
        outputs = tree_map(lambda wire: wire.value, y)
        return float((tree["share"] * problem.loss.value(outputs, tree["target"])).sum())

    return moved


class _PerturbingTracer(Tracer):
    """Runs layers like the tracer, and moves one output of one of them."""

    compares = False

    def __init__(self, train: bool, number: int, path: str, index: Index, by: float) -> None:
        super().__init__(train)
        self.number, self.path, self.index, self.by = number, path, index, by

    def run(
        self, layer: Layer, params: Params, state: State, x: Tree, path: str, key: Key | None, **named: Any
    ) -> Tree:
        y = super().run(layer, params, state, x, path, key, **named)
        if len(self.nodes) == self.number + 1:
            wire = self.nodes[-1].outputs[self.path]
            wire.value = wire.value.copy()
            wire.value[self.index] += self.by
        return y
