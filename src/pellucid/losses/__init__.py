"""The losses, a file each."""

from pellucid.losses.activity_l1 import ActivityL1
from pellucid.losses.ensemble_loss import EnsembleLoss
from pellucid.losses.gaussian_kl import GaussianKL
from pellucid.losses.half_squared_error import HalfSquaredError
from pellucid.losses.hinge import Hinge
from pellucid.losses.huber import Huber
from pellucid.losses.loss_sum import LossSum
from pellucid.losses.mean_absolute_error import MeanAbsoluteError
from pellucid.losses.mean_squared_error import MeanSquaredError
from pellucid.losses.mixed_loss import MixedLoss
from pellucid.losses.sequence_loss import SequenceLoss
from pellucid.losses.sigmoid_cross_entropy import SigmoidCrossEntropy
from pellucid.losses.softmax_cross_entropy import SoftmaxCrossEntropy

__all__ = [
    "ActivityL1",
    "EnsembleLoss",
    "GaussianKL",
    "HalfSquaredError",
    "Hinge",
    "Huber",
    "LossSum",
    "MeanAbsoluteError",
    "MeanSquaredError",
    "MixedLoss",
    "SequenceLoss",
    "SigmoidCrossEntropy",
    "SoftmaxCrossEntropy",
]
