"""Training: one pure step, two engines that run it, the loop around them, and many networks at once."""

from pellucid.train.generate import generate
from pellucid.train.history import History
from pellucid.train.listener import Listener, Snapshot
from pellucid.train.population.population import Member, Population
from pellucid.train.population.train import train_population
from pellucid.train.probes import (
    DEFAULT_PROBES,
    DeltaStatistics,
    GradientStatistics,
    OutputRange,
    OutputStatistics,
    Probe,
    UpdateRatio,
    UpdateStatistics,
    WatchedStep,
    WeightStatistics,
)
from pellucid.train.stopping import EarlyStopping
from pellucid.train.trained import Trained

__all__ = [
    "DEFAULT_PROBES",
    "DeltaStatistics",
    "EarlyStopping",
    "GradientStatistics",
    "History",
    "Listener",
    "Member",
    "OutputRange",
    "OutputStatistics",
    "Population",
    "Probe",
    "Snapshot",
    "Trained",
    "UpdateRatio",
    "UpdateStatistics",
    "WatchedStep",
    "WeightStatistics",
    "generate",
    "train_population",
]
