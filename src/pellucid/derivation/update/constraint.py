"""The lines of the constraint."""

from __future__ import annotations

import numpy as np

from pellucid.derivation.algebra.expression import Expression, Symbol, total
from pellucid.derivation.algebra.functions import call
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.update.weight_at_stage import WeightAtStage
from pellucid.regularize import Constraint, MaxNorm, is_weight


def constraint_lines(constraint: Constraint, weight: WeightAtStage) -> list[DerivationStep]:
    """The weight within its bound; with MaxNorm first the length of all that go into its unit."""
    if not is_weight(weight.path, weight.array):
        return [weight.weight_line(weight.w, f"{constraint!r} bounds what weighs inputs, and this does not")]
    if isinstance(constraint, MaxNorm):
        return _max_norm(constraint, weight)
    return [weight.weight_line(None, f"what {constraint!r} gives")]


def _max_norm(constraint: MaxNorm, weight: WeightAtStage) -> list[DerivationStep]:
    """``w min(1, limit / ||w||)``, over the incoming weights of the unit, which the update rule has moved."""
    unit = weight.index[-1]
    incoming = weight.array[..., unit]
    squares: list[Expression] = [
        Symbol(f"w{list(map(int, at))}", float(number)) ** 2.0 for at, number in np.ndenumerate(incoming)
    ]
    formula = call("sqrt", total(squares))
    norm = Symbol("||w||", formula.value)
    why = f"the length of the {incoming.size} weights that go into unit {unit} of {weight.path}, each after its step"
    length = DerivationStep(norm.name, formula, norm.number, why, (), "update")
    if norm.number <= constraint.limit:
        return [length, weight.weight_line(weight.w, f"{constraint!r}: the weights of the unit are short enough")]
    limit = Symbol("limit", constraint.limit)
    shrink = limit / norm
    factor = DerivationStep("factor", shrink, shrink.value, "what brings the length down to the limit", (), "update")
    why = f"{constraint!r}: all weights of the unit shrink alike"
    return [length, factor, weight.weight_line(weight.w * Symbol(factor.name, factor.value), why)]
