"""The questions that say why, as the page asks them: ``explain``, ``stages``, ``check``, ``surface``, ``regions``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pellucid.errors import ConfigError
from pellucid.playground.questions.about import subject_of, training_subject
from pellucid.playground.questions.answer import Answer
from pellucid.playground.questions.check import answer_check
from pellucid.playground.questions.explain import answer_explain
from pellucid.playground.questions.regions import answer_regions
from pellucid.playground.questions.scene import Scene
from pellucid.playground.questions.stages import answer_stages
from pellucid.playground.questions.surface import answer_surface
from pellucid.studies.plane import as_vector

About = Mapping[str, Any]


def explain(scene: Scene, about: About) -> Answer:
    """Where a number comes from."""
    target, step = about.get("target"), about.get("step", True)
    if not (target is None or isinstance(target, str)) or not isinstance(step, bool):
        raise ConfigError("explain: target is a name such as dense_1/W[0, 1], and step is true or false")
    return Answer(answer_explain(subject_of(scene, about), target, step))


def stages(scene: Scene, about: About) -> Answer:
    """One step in slow motion."""
    return Answer(answer_stages(subject_of(scene, about)))


def check(scene: Scene, about: About) -> Answer:
    """Every gradient by hand and by central differences."""
    return Answer(answer_check(subject_of(scene, about)))


def surface(scene: Scene, about: About) -> Answer:
    """The loss over two directions of the weights."""
    asked, subject = scene.network(about), training_subject(scene, about)
    span, seed = about.get("span"), about.get("seed", 0)
    if type(seed) is not int or not 0 <= seed < 2**31:
        raise ConfigError(f"surface: seed is a whole number from 0 on, not {str(seed)[:40]!r}")
    size = sum(array.size for array in subject.flat().values())
    path = np.array([as_vector(params) for params in asked.path]).reshape(-1, size)
    return Answer(*answer_surface(subject, path, about.get("along", "path"), about.get("points", 31), span, seed))


def regions(scene: Scene, about: About) -> Answer:
    """What each layer makes of the plane."""
    subject, network, data = training_subject(scene, about), scene.network(about).network, scene.data

    def features(points: np.ndarray) -> np.ndarray:
        return network.inputs(data.plane.inputs(points))

    return Answer(*answer_regions(subject, data.domain, features, about.get("points", 40)))
