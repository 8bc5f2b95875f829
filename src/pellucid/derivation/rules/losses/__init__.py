"""Losses: how far an example's outputs are from its target, and the gradient with which the backward pass begins."""

from __future__ import annotations

from pellucid import losses
from pellucid.derivation.rules.losses.cross_entropy import SigmoidCrossEntropyRule, SoftmaxCrossEntropyRule
from pellucid.derivation.rules.losses.ensemble import EnsembleLossRule
from pellucid.derivation.rules.losses.hinge import HingeRule
from pellucid.derivation.rules.losses.loss_rule import LOSS_RULES, LossRule, LossView, loss_rule
from pellucid.derivation.rules.losses.mixed import MixedLossRule
from pellucid.derivation.rules.losses.output_penalties import ActivityL1Rule, GaussianKLRule
from pellucid.derivation.rules.losses.regression import (
    HalfSquaredErrorRule,
    HuberRule,
    MeanAbsoluteErrorRule,
    MeanSquaredErrorRule,
)
from pellucid.derivation.rules.losses.sequence import SequenceLossRule

__all__ = ["LOSS_RULES", "LossRule", "LossView", "loss_rule"]

LOSS_RULES |= {
    losses.ActivityL1: ActivityL1Rule(),
    losses.EnsembleLoss: EnsembleLossRule(),
    losses.GaussianKL: GaussianKLRule(),
    losses.HalfSquaredError: HalfSquaredErrorRule(),
    losses.Hinge: HingeRule(),
    losses.Huber: HuberRule(),
    losses.MeanAbsoluteError: MeanAbsoluteErrorRule(),
    losses.MeanSquaredError: MeanSquaredErrorRule(),
    losses.MixedLoss: MixedLossRule(),
    losses.SequenceLoss: SequenceLossRule(),
    losses.SigmoidCrossEntropy: SigmoidCrossEntropyRule(),
    losses.SoftmaxCrossEntropy: SoftmaxCrossEntropyRule(),
}
