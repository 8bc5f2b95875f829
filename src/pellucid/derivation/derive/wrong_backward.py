"""Whose backward is wrong, where the derived gradient is not the slope that is measured."""

from __future__ import annotations

from pellucid.check.faults import find_faults
from pellucid.check.leaf_check import LeafCheck
from pellucid.check.problem import Point, Problem
from pellucid.errors import CheckError, ExplainError
from pellucid.types import Tree

SAMPLES, STEP = 20, 1e-5
"""So many numbers of each array are measured, by this step."""


def wrong_backward_error(problem: Problem, tree: Tree, name: str, derived: float, numerical: float) -> ExplainError:
    """The error that says what is wrong: ``name`` is the gradient."""
    return ExplainError(
        f"{name} is wrong: backward gives {derived:.6g}, the slope measured is {numerical:.6g}; {_whose(problem, tree)}"
    )


def _whose(problem: Problem, tree: Tree) -> str:
    try:
        faults = find_faults(LeafCheck(Point(problem, tree), "sample", SAMPLES, 0, STEP))
    except CheckError:  # a layer that calls NumPy, which automatic differentiation cannot follow
        faults = ()
    if not faults:
        return "'pellucid check' or check_gradients looks at every layer"
    where = f"{faults[-1].path} ({faults[-1].subject})" if faults[-1].path else faults[-1].subject
    return f"the fault is in {where}: mend its gradient; 'pellucid check' or check_gradients tests it"
