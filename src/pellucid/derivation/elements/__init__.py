"""Elements: the single formulas that layers of several steps are made of, each a small layer of its own."""

from pellucid.derivation.elements.arithmetic import Add, Multiply, Shift
from pellucid.derivation.elements.attention import AttentionWeights, Scores, WeightedSum
from pellucid.derivation.elements.contraction import Contraction, Slope, SquaredLengths
from pellucid.derivation.elements.element import Element
from pellucid.derivation.elements.recurrent import Blend, CellStep, Memory, WeightedSums
from pellucid.derivation.elements.sequences import Fold, Stack, Unfold
from pellucid.derivation.elements.statistics import (
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
from pellucid.derivation.elements.transposed import TransposedDense

__all__ = [
    "Add",
    "AttentionWeights",
    "Blend",
    "CellStep",
    "Contraction",
    "Deviation",
    "Element",
    "Fold",
    "GainShift",
    "Mean",
    "Memory",
    "Multiply",
    "OverBatch",
    "OverFeatures",
    "OverGroups",
    "Pool",
    "Scores",
    "Shift",
    "Slope",
    "SquaredLengths",
    "Stack",
    "Standardized",
    "TransposedDense",
    "Unfold",
    "Variance",
    "WeightedSum",
    "WeightedSums",
]
