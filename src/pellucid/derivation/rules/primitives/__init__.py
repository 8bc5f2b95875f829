"""Rules of the primitives that layers of several steps are decomposed into."""

from __future__ import annotations

from pellucid.derivation import primitives
from pellucid.derivation.rules.data_movement import ReshapeRule
from pellucid.derivation.rules.primitives.arithmetic import AddRule, MultiplyRule, ShiftRule
from pellucid.derivation.rules.primitives.attention import AttentionWeightsRule, ScoresRule, WeightedSumRule
from pellucid.derivation.rules.primitives.contraction import ContractionRule, SlopeRule, SquaredLengthsRule
from pellucid.derivation.rules.primitives.recurrent import BlendRule, MemoryRule, WeightedSumsRule
from pellucid.derivation.rules.primitives.sequences import AddLastRule, StackRule, SubtractLastRule
from pellucid.derivation.rules.primitives.statistics import (
    DeviationRule,
    GainShiftRule,
    MeanRule,
    StandardizedRule,
    VarianceRule,
)
from pellucid.derivation.rules.primitives.transposed import TransposedDenseRule
from pellucid.derivation.rules.rule import Rule
from pellucid.layer import Layer

PRIMITIVE_RULES: dict[type[Layer], Rule] = {
    primitives.Add: AddRule(),
    primitives.AddLast: AddLastRule(),
    primitives.AttentionWeights: AttentionWeightsRule(),
    primitives.Blend: BlendRule(),
    primitives.Contraction: ContractionRule(),
    primitives.Deviation: DeviationRule(),
    primitives.Fold: ReshapeRule("every step of every sequence is an example of its own"),
    primitives.GainShift: GainShiftRule(),
    primitives.Mean: MeanRule(),
    primitives.Memory: MemoryRule(),
    primitives.Multiply: MultiplyRule(),
    primitives.Scores: ScoresRule(),
    primitives.Shift: ShiftRule(),
    primitives.Slope: SlopeRule(),
    primitives.SquaredLengths: SquaredLengthsRule(),
    primitives.Stack: StackRule(),
    primitives.Standardized: StandardizedRule(),
    primitives.SubtractLast: SubtractLastRule(),
    primitives.TransposedDense: TransposedDenseRule(),
    primitives.Unfold: ReshapeRule("the steps stand in their sequences again"),
    primitives.Variance: VarianceRule(),
    primitives.WeightedSum: WeightedSumRule(),
    primitives.WeightedSums: WeightedSumsRule(),
}
"""The rule of each primitive; a step of a user's own cell has the one that holds for any layer."""
