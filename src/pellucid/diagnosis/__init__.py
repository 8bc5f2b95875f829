"""Diagnosis: symptoms of a training that goes wrong, exact tests, and experiments that prove a cause."""

from pellucid.diagnosis.diagnose import diagnose
from pellucid.diagnosis.finding import Finding
from pellucid.diagnosis.live import Watcher
from pellucid.diagnosis.result import Diagnosis

__all__ = ["Diagnosis", "Finding", "Watcher", "diagnose"]
