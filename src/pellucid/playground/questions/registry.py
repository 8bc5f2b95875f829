"""The questions that the page may ask, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pellucid.playground.questions.answer import Answer
from pellucid.playground.questions.export import export
from pellucid.playground.questions.scene import Scene
from pellucid.playground.questions.snapshot import snapshot
from pellucid.playground.questions.thumbnails import thumbnails
from pellucid.playground.questions.why import check, explain, regions, stages, surface

Question = Callable[[Scene, Mapping[str, Any]], Answer]
"""A question: what is asked of which scene, and ``about`` what. Raises PellucidError for what cannot be answered."""

QUESTIONS: dict[str, Question] = {
    "snapshot": snapshot,
    "thumbnails": thumbnails,
    "export": export,
    "explain": explain,
    "stages": stages,
    "check": check,
    "surface": surface,
    "regions": regions,
}
