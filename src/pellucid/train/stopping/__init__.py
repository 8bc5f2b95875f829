"""When a training ends before its last epoch, and when its learning rate is reduced."""

from pellucid.train.stopping.early import EarlyStopping
from pellucid.train.stopping.plateau import PlateauCounter, ReduceOnPlateau
from pellucid.train.stopping.prechelt import GeneralizationLoss, ProgressQuotient, SuccessiveIncreases
from pellucid.train.stopping.rule import StoppingRule
from pellucid.train.stopping.time_limit import seconds_of

__all__ = [
    "EarlyStopping",
    "GeneralizationLoss",
    "PlateauCounter",
    "ProgressQuotient",
    "ReduceOnPlateau",
    "StoppingRule",
    "SuccessiveIncreases",
    "seconds_of",
]
