"""Examinations: what is found out at the ends of epochs, on a fixed sample of training examples."""

from pellucid.train.examinations.examination import Examination, ExaminedNetwork
from pellucid.train.examinations.histogram import Histogram
from pellucid.train.examinations.histograms import Histograms
from pellucid.train.examinations.sharpness import Sharpness
from pellucid.train.examinations.units import DeadUnits, SaturatedUnits

DEFAULT_EXAMINATIONS: tuple[Examination, ...] = (Histograms(), DeadUnits(), SaturatedUnits())
"""What is found out unless ``fit`` is given others; ``Sharpness`` is on request, for it takes many gradients."""

__all__ = [
    "DEFAULT_EXAMINATIONS",
    "DeadUnits",
    "Examination",
    "ExaminedNetwork",
    "Histogram",
    "Histograms",
    "SaturatedUnits",
    "Sharpness",
]
