"""Training: one pure step, two engines that run it, the loop around them, and many networks at once."""

from pellucid.train.changes import Change
from pellucid.train.events import (
    BestReached,
    ChangeRefused,
    Continued,
    Ended,
    EpochDone,
    EpochsChanged,
    Event,
    ListenerFailed,
    Noted,
    Paused,
    RateChanged,
    Started,
    StepsDone,
    StopDecided,
    Tagged,
)
from pellucid.train.generate import generate
from pellucid.train.history import History
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
from pellucid.train.snapshot import Snapshot
from pellucid.train.stopping import EarlyStopping
from pellucid.train.trained import Trained

__all__ = [
    "DEFAULT_PROBES",
    "BestReached",
    "Change",
    "ChangeRefused",
    "Continued",
    "DeltaStatistics",
    "EarlyStopping",
    "Ended",
    "EpochDone",
    "EpochsChanged",
    "Event",
    "GradientStatistics",
    "History",
    "ListenerFailed",
    "Member",
    "Noted",
    "OutputRange",
    "OutputStatistics",
    "Paused",
    "Population",
    "Probe",
    "RateChanged",
    "Snapshot",
    "Started",
    "StepsDone",
    "StopDecided",
    "Tagged",
    "Trained",
    "UpdateRatio",
    "UpdateStatistics",
    "WatchedStep",
    "WeightStatistics",
    "generate",
    "train_population",
]
