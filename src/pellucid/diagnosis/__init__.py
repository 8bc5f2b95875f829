"""Diagnosis: symptoms of a training that goes wrong, exact tests, and experiments that prove a cause."""

from pellucid.diagnosis.diagnose import diagnose
from pellucid.diagnosis.finding import Diagnosis, Finding
from pellucid.diagnosis.live import Watcher

__all__ = ["Diagnosis", "Finding", "Watcher", "diagnose"]
