"""The question ``thumbnails``: a few points of every data set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pellucid.playground.data.data_sets import CLASSIFICATION, REGRESSION
from pellucid.playground.data.play_data import drawn_points
from pellucid.playground.questions.answer import Answer
from pellucid.playground.questions.scene import Scene
from pellucid.playground.state import DataState

POINTS = 200


def thumbnails(scene: Scene, about: Mapping[str, Any]) -> Answer:
    """For each data set an array (N, 3): x1, x2 and y, without noise; of as many classes as the state has."""
    found = {}
    for problem, sets in (("classification", CLASSIFICATION), ("regression", REGRESSION)):
        for name, drawn in sets.items():
            fields = {"problem": problem, "name": name, "count": POINTS, "classes": scene.state.data.classes}
            points = drawn_points(DataState.model_validate(fields), drawn)
            found[name] = np.column_stack([points.x, points.y])
    return Answer({}, found)
