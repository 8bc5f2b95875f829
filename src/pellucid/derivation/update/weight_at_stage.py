"""One weight of a network at one stage of an update: what the lines of any stage are made from."""

from __future__ import annotations

from dataclasses import dataclass

from pellucid.derivation.algebra.expression import Expression, Symbol
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.rules import Index
from pellucid.train.batch import StepInputs
from pellucid.train.stages import Update
from pellucid.trees import flatten
from pellucid.types import Array, Tree


@dataclass(frozen=True)
class WeightAtStage:
    """The weight at ``path`` and ``index``, all arrays ``before`` and ``after`` it, and the ``inputs`` of the step.

    ``gradient`` is what the lines before have called the gradient of the weight.
    """

    path: str
    index: Index
    gradient: str
    before: Update
    after: Update
    inputs: StepInputs

    @property
    def array(self) -> Array:
        """The array of the weight, before the stage."""
        found: Array = flatten(self.before.params)[self.path]
        return found

    @property
    def w(self) -> Symbol:
        """The weight before the stage."""
        return Symbol("w", self.number(self.before.params))

    @property
    def g(self) -> Symbol:
        """Its gradient before the stage."""
        return Symbol(self.gradient, self.number(self.before.gradients))

    def number(self, tree: Tree) -> float:
        """The number of a tree of arrays that is at the place of the weight."""
        return float(flatten(tree)[self.path][self.index])

    def weight_line(self, formula: Expression | None, why: str) -> DerivationStep:
        """``w = formula``: the weight after the stage."""
        return DerivationStep("w", formula, self.number(self.after.params), why, (), "update")

    def gradient_line(self, name: str, formula: Expression | None, why: str) -> DerivationStep:
        """The gradient after the stage."""
        return DerivationStep(name, formula, self.number(self.after.gradients), why, (), "update")
