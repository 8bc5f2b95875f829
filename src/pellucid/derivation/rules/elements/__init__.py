"""Rules of the elements that layers of several steps are taken apart into."""

from __future__ import annotations

from pellucid.derivation import elements
from pellucid.derivation.rules.elements.arithmetic import AddRule, MultiplyRule, ShiftRule
from pellucid.derivation.rules.elements.attention import AttentionWeightsRule, ScoresRule, WeightedSumRule
from pellucid.derivation.rules.elements.contraction import ContractionRule, SlopeRule, SquaredLengthsRule
from pellucid.derivation.rules.elements.recurrent import BlendRule, MemoryRule, WeightedSumsRule
from pellucid.derivation.rules.elements.sequences import StackRule
from pellucid.derivation.rules.elements.statistics import (
    DeviationRule,
    GainShiftRule,
    MeanRule,
    StandardizedRule,
    VarianceRule,
)
from pellucid.derivation.rules.elements.transposed import TransposedDenseRule
from pellucid.derivation.rules.moving import ReshapeRule
from pellucid.derivation.rules.rule import Rule
from pellucid.layer import Layer

ELEMENT_RULES: dict[type[Layer], Rule] = {
    elements.Add: AddRule(),
    elements.AttentionWeights: AttentionWeightsRule(),
    elements.Blend: BlendRule(),
    elements.Contraction: ContractionRule(),
    elements.Deviation: DeviationRule(),
    elements.Fold: ReshapeRule("every step of every sequence is an example of its own"),
    elements.GainShift: GainShiftRule(),
    elements.Mean: MeanRule(),
    elements.Memory: MemoryRule(),
    elements.Multiply: MultiplyRule(),
    elements.Scores: ScoresRule(),
    elements.Shift: ShiftRule(),
    elements.Slope: SlopeRule(),
    elements.SquaredLengths: SquaredLengthsRule(),
    elements.Stack: StackRule(),
    elements.Standardized: StandardizedRule(),
    elements.TransposedDense: TransposedDenseRule(),
    elements.Unfold: ReshapeRule("the steps stand in their sequences again"),
    elements.Variance: VarianceRule(),
    elements.WeightedSum: WeightedSumRule(),
    elements.WeightedSums: WeightedSumsRule(),
}
"""The rule of each element; a step of a user's own cell has the one that holds for any layer."""
