"""The question ``snapshot``: all networks as they are, at full precision, for ``restore``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pellucid.playground.questions.answer import Answer
from pellucid.playground.questions.scene import Scene
from pellucid.playground.snapshot import stored


def snapshot(scene: Scene, about: Mapping[str, Any]) -> Answer:
    """``networks``, each as ``stored`` has it."""
    return Answer({"networks": [stored(network.progress) for network in scene.networks]})
