"""The lines of the penalty."""

from __future__ import annotations

from pellucid.derivation.algebra.expression import Expression, Symbol, total
from pellucid.derivation.algebra.functions import call
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.update.weight_at_stage import WeightAtStage
from pellucid.regularize import Penalty


def penalty_lines(penalty: Penalty, weight: WeightAtStage) -> list[DerivationStep]:
    """``g with penalty = g + l1 sign(w) + l2 w``."""
    l1, l2 = penalty.lambdas(weight.path, weight.array)
    pulls: list[Expression] = [Symbol("l1", l1) * call("sign", weight.w)] if l1 else []
    pulls += [Symbol("l2", l2) * weight.w] if l2 else []
    why = f"{penalty!r} is added to the loss, and its slope, a pull towards 0, to the gradient"
    if not pulls:
        why = f"{penalty!r} does not charge this weight"
    return [weight.gradient_line("g with penalty", total([weight.g, *pulls]), why)]
