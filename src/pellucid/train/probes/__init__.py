"""Probes: what a watched step records beside its loss. A probe a file; ``DEFAULT_PROBES`` are those of ``fit``."""

from pellucid.train.probes.deltas import DeltaStatistics
from pellucid.train.probes.function_probe import FunctionProbe, as_probes
from pellucid.train.probes.gradients import GradientStatistics
from pellucid.train.probes.outputs import OutputStatistics
from pellucid.train.probes.probe import Probe, WatchedStep, measure
from pellucid.train.probes.updates import UpdateStatistics
from pellucid.train.probes.weights import WeightStatistics

DEFAULT_PROBES: tuple[Probe, ...] = (
    OutputStatistics(),
    DeltaStatistics(),
    GradientStatistics(),
    WeightStatistics(),
    UpdateStatistics(),
)
"""What watched steps record unless ``fit`` is given other probes."""

__all__ = [
    "DEFAULT_PROBES",
    "DeltaStatistics",
    "FunctionProbe",
    "GradientStatistics",
    "OutputStatistics",
    "Probe",
    "UpdateStatistics",
    "WatchedStep",
    "WeightStatistics",
    "as_probes",
    "measure",
]
