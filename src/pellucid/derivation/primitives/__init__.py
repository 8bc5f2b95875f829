"""Primitives: the single formulas that layers of several steps are made of, each a small layer of its own."""

from pellucid.derivation.primitives.arithmetic import Add, Multiply, Shift
from pellucid.derivation.primitives.attention import AttentionWeights, Scores, WeightedSum
from pellucid.derivation.primitives.contraction import Contraction, Slope, SquaredLengths
from pellucid.derivation.primitives.primitive import Primitive
from pellucid.derivation.primitives.recurrent import Blend, CellStep, Memory, WeightedSums
from pellucid.derivation.primitives.sequences import AddLast, Fold, Stack, SubtractLast, Unfold
from pellucid.derivation.primitives.statistics import (
    Deviation,
    GainShift,
    Mean,
    OverBatch,
    OverFeatures,
    OverGroups,
    Pool,
    Standardized,
    Variance,
)
from pellucid.derivation.primitives.transposed import TransposedDense

__all__ = [
    "Add",
    "AddLast",
    "AttentionWeights",
    "Blend",
    "CellStep",
    "Contraction",
    "Deviation",
    "Fold",
    "GainShift",
    "Mean",
    "Memory",
    "Multiply",
    "OverBatch",
    "OverFeatures",
    "OverGroups",
    "Pool",
    "Primitive",
    "Scores",
    "Shift",
    "Slope",
    "SquaredLengths",
    "Stack",
    "Standardized",
    "SubtractLast",
    "TransposedDense",
    "Unfold",
    "Variance",
    "WeightedSum",
    "WeightedSums",
]
