"""Symptoms looked for while a network trains."""

from pellucid.diagnosis.live.course import Course
from pellucid.diagnosis.live.symptoms import LIVE_SYMPTOMS, Sign
from pellucid.diagnosis.live.watcher import Watcher

__all__ = ["LIVE_SYMPTOMS", "Course", "Sign", "Watcher"]
