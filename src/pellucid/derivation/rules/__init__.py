"""Rules, a file for each family of layers: the formulas of single numbers, and their slopes."""

from __future__ import annotations

from pellucid import combinators, layers
from pellucid.derivation.rules import activations, convolution, data_movement, lookup, noise, pooling, sources
from pellucid.derivation.rules.activations import MaxoutRule, SoftmaxRule
from pellucid.derivation.rules.dense import DenseRule
from pellucid.derivation.rules.dense_ensemble import DenseEnsembleRule
from pellucid.derivation.rules.losses import LossRule, LossView, loss_rule
from pellucid.derivation.rules.piecewise_linear import PiecewiseLinearRule
from pellucid.derivation.rules.primitives import PRIMITIVE_RULES
from pellucid.derivation.rules.rule import Entry, Index, Link, Rule, View
from pellucid.layer import Layer

__all__ = ["RULES", "Entry", "Index", "Link", "LossRule", "LossView", "Rule", "View", "loss_rule", "rule_for"]

RULES: dict[type[Layer], Rule] = {
    combinators.Join: data_movement.JoinRule(),
    layers.AlphaDropout: noise.AlphaDropoutRule(),
    layers.AveragePool1D: pooling.AveragePoolRule(),
    layers.AveragePool2D: pooling.AveragePoolRule(),
    layers.Conv1D: convolution.ConvolutionRule(),
    layers.Conv2D: convolution.ConvolutionRule(),
    layers.ConvTranspose1D: convolution.TransposedRule(),
    layers.ConvTranspose2D: convolution.TransposedRule(),
    layers.Cutout: noise.OcclusionRule(),
    layers.Dense: DenseRule(),
    layers.DenseEnsemble: DenseEnsembleRule(),
    layers.DepthwiseConv2D: convolution.ConvolutionRule(),
    layers.Dropout: noise.DropoutRule(),
    layers.ELU: activations.ELURule(),
    layers.Embedding: lookup.EmbeddingRule(),
    layers.Flatten: data_movement.ReshapeRule(),
    layers.FrequencyMask: noise.OcclusionRule(),
    layers.GELU: activations.GELURule(),
    layers.GaussianNoise: noise.GaussianNoiseRule(),
    layers.GaussianSample: noise.GaussianSampleRule(),
    layers.GlobalAveragePool1D: pooling.GlobalAveragePoolRule(),
    layers.GlobalAveragePool2D: pooling.GlobalAveragePoolRule(),
    layers.GlobalMaxPool1D: pooling.GlobalMaxPoolRule(),
    layers.GlobalMaxPool2D: pooling.GlobalMaxPoolRule(),
    layers.HardTanh: activations.HardTanhRule(),
    layers.Identity: activations.IdentityRule(),
    layers.LeakyReLU: activations.LeakyReLURule(),
    layers.LearnedPositions: lookup.LearnedPositionsRule(),
    layers.Mask: data_movement.MaskRule(),
    layers.MaxPool1D: pooling.MaxPoolRule(),
    layers.MaxPool2D: pooling.MaxPoolRule(),
    layers.Maxout: MaxoutRule(),
    layers.Permute: data_movement.PermuteRule(),
    layers.PiecewiseLinear: PiecewiseLinearRule(),
    layers.RandomBrightness: noise.BrightnessRule(),
    layers.RandomCrop: sources.SourcesRule(),
    layers.RandomFlip: sources.SourcesRule(),
    layers.RandomRotation: sources.SourcesRule(),
    layers.RandomShift: sources.SourcesRule(),
    layers.ReLU: activations.ReLURule(),
    layers.Reshape: data_movement.ReshapeRule(),
    layers.SELU: activations.SELURule(),
    layers.SiLU: activations.SiLURule(),
    layers.Sigmoid: activations.SigmoidRule(),
    layers.SinusoidalPositions: lookup.SinusoidalPositionsRule(),
    layers.Softmax: SoftmaxRule(),
    layers.Softplus: activations.SoftplusRule(),
    layers.SpatialDropout: noise.DropoutRule(),
    layers.Step: activations.StepRule(),
    layers.SwapNoise: sources.SourcesRule(),
    layers.Tanh: activations.TanhRule(),
    layers.TimeMask: noise.OcclusionRule(),
    layers.TimeShift: sources.SourcesRule(),
    layers.UpSample1D: data_movement.UpSampleRule(),
    layers.UpSample2D: data_movement.UpSampleRule(),
    **PRIMITIVE_RULES,
}
"""The rule of each class; a class of your own may be added."""


def rule_for(layer: Layer) -> Rule:
    """The rule of the layer's own class, or the one that holds for any layer."""
    return RULES.get(type(layer), Rule())
