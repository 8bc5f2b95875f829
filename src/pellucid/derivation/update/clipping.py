"""The lines of clipping."""

from __future__ import annotations

import math

import numpy as np

from pellucid.derivation.algebra.expression import Expression, Symbol, total
from pellucid.derivation.algebra.functions import call
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.update.weight_at_stage import WeightAtStage
from pellucid.optim import ClipByNorm, ClipByValue, Clipping
from pellucid.trees import flatten


def clipping_lines(clip: Clipping, weight: WeightAtStage) -> list[DerivationStep]:
    """The gradient within bounds; with ClipByNorm first the length that is bounded."""
    if isinstance(clip, ClipByNorm):
        return _by_norm(clip, weight)
    formula: Expression | None = None
    why = f"what {clip!r} gives"
    if isinstance(clip, ClipByValue):
        limit = Symbol("limit", clip.limit)
        formula = call("min", limit, call("max", -limit, weight.g))
        why = f"{clip!r}: no further from 0 than the limit"
    return [weight.gradient_line("g clipped", formula, why)]


def _by_norm(clip: ClipByNorm, weight: WeightAtStage) -> list[DerivationStep]:
    """``g min(1, max_norm / ||g||)``, the length being that of the lengths of all arrays."""
    gradients = flatten(weight.before.gradients)
    lengths = {path: math.hypot(*np.ravel(array)) for path, array in gradients.items()}
    squares: list[Expression] = [Symbol(f"||g of {path}||", length) ** 2.0 for path, length in lengths.items()]
    norm = Symbol("||g||", math.hypot(*lengths.values()))
    size = sum(array.size for array in gradients.values())
    why = f"the length of the gradient by all {size} weights, from those of the single arrays"
    lines = [DerivationStep(norm.name, call("sqrt", total(squares)), norm.number, why, (), "update")]
    if norm.number <= clip.max_norm:
        return [*lines, weight.gradient_line("g clipped", weight.g, f"{clip!r}: the gradient is short enough")]
    factor = Symbol("max_norm", clip.max_norm) / norm
    return [*lines, weight.gradient_line("g clipped", weight.g * factor, f"{clip!r}: all gradients shrink alike")]
