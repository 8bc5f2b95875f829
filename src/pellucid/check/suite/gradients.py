"""Checks that backward is the derivative of forward."""

from __future__ import annotations

from functools import partial

import numpy as np

from pellucid.check.agreement import require_equal
from pellucid.check.cases.backward_case import BackwardCase
from pellucid.check.cases.case import Case
from pellucid.errors import ConformanceError
from pellucid.trees import flatten, replace_leaves
from pellucid.types import Array, Tree

CLOSE = 1e-6
"""How far, in relation, a slope may be from a central difference."""

STEP = 1e-5
"""Half the length of a central difference."""


def gradient_equals_automatic(case: Case) -> None:
    """By every leaf, the gradient is that of automatic differentiation, to 1e-10."""
    require_equal(case.gradient(case.inputs, case.on_numpy), case.automatic, "backward", "automatic differentiation")


def gradient_equals_central_differences(case: Case) -> None:
    """Along random directions, of every leaf alone and of all at once, the slope is that of central differences."""
    _check_slopes(case, case.inputs, case.on_numpy)


def batch_of_one(case: Case) -> None:
    """A single example works, and its gradient too is that of central differences."""
    inputs = case.draw(batch=1)
    _check_slopes(case, inputs, case.run(inputs))


def backward_is_linear(case: BackwardCase) -> None:
    """``backward(2 dy - 3 dy')`` is ``2 backward(dy) - 3 backward(dy')``; for a cell dy and dcarry together."""
    rng = np.random.default_rng(1)
    dy = {path: leaf for path, leaf in flatten(case.inputs).items() if case.is_output_gradient(path)}
    other = {path: rng.standard_normal(leaf.shape) for path, leaf in dy.items()}
    mixed = {path: 2.0 * dy[path] - 3.0 * other[path] for path in dy}
    first, second, both = (_gradient(case, each) for each in (dy, other, mixed))
    parts = {path: 2.0 * first[path] - 3.0 * second[path] for path in first}
    require_equal(both, parts, "backward of a sum", "the sum of backwards")


def _gradient(case: BackwardCase, dy: dict[str, Array]) -> dict[str, Array]:
    inputs = replace_leaves(case.inputs, dy)
    return case.gradient(inputs, case.run(inputs))


def _check_slopes(case: Case, inputs: Tree, outputs: Tree) -> None:
    """The floor of the relative error is the gradient's length, or a thousandth of the value where that is more."""
    rng = np.random.default_rng(0)
    here, gradient = flatten(inputs), case.gradient(inputs, outputs)
    for chosen in (*((path,) for path in case.paths), *[case.paths] * 3):
        way = {path: rng.standard_normal(here[path].shape) for path in chosen}
        at = partial(_value_along, case, inputs, way)
        numerical = (at(STEP) - at(-STEP)) / (2.0 * STEP)
        slope = sum((gradient[path] * part).sum() for path, part in way.items())
        length = np.sqrt(sum((gradient[path] ** 2).sum() for path in way))
        if not abs(slope - numerical) <= CLOSE * max(abs(slope), abs(numerical), length, 1e-3 * abs(at(0.0))):
            where = chosen[0] if len(chosen) == 1 else "all at once"
            raise ConformanceError(
                f"{where}, along a random direction: {slope:.9g} by backward, {numerical:.9g} by central differences"
            )


def _value_along(case: Case, inputs: Tree, way: dict[str, Array], offset: float) -> float:
    here = flatten(inputs)
    return float(case.value(replace_leaves(inputs, {path: here[path] + offset * part for path, part in way.items()})))
