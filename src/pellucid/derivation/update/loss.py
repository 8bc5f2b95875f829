"""The lines of what a step does to the loss."""

from __future__ import annotations

import numpy as np

from pellucid.check.problem import Problem
from pellucid.derivation.algebra.expression import Symbol
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.errors import ExplainError
from pellucid.types import Params, Tree


def loss_lines(problem: Problem, tree: Tree, params: Params, which: str) -> tuple[DerivationStep, ...]:
    """The loss with the weights of the tree and with ``params``, after ``which`` taken the step."""
    before = float(problem.value(tree))
    with np.errstate(all="ignore"):  # what is not finite is said below
        after = float(problem.value({**tree, "params": params}))
    if not np.isfinite(after):
        raise ExplainError(f"the loss after the step is {after}: the step is too long; choose a smaller learning_rate")
    why = f"the whole network again, after {which} taken its step; all gradients are those of the old weights"
    change = Symbol("E after", after) - Symbol("E before", before)
    went = "fell" if change.value < 0 else "rose" if change.value > 0 else "stayed"
    return (
        DerivationStep("E before", None, before, "the loss with the old weights", (), "update"),
        DerivationStep("E after", None, after, why, (), "update"),
        DerivationStep("change", change, change.value, f"the loss {went}", (), "update"),
    )
