"""The question ``surface``: the loss over two directions of the weights, and the path over it."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from pellucid.errors import ConfigError
from pellucid.playground.questions.subject import Answer, Arrays, Subject, plain
from pellucid.studies.error_surface import MeanLoss, error_surface
from pellucid.studies.plane import Plane, Weight, as_vector, plane_of_path, plane_of_weights, random_plane
from pellucid.train.batch import Batch
from pellucid.train.examinations.examination import ExaminedNetwork
from pellucid.train.examinations.sharpness import measure_sharpness
from pellucid.types import Array

MOST_EXAMPLES = 500
"""Of more training points every so many count: the picture looks the same, and comes sooner."""

MOST_WORK = 10_000_000_000
"""Weights times points of the picture times examples: of large networks fewer examples count, or it takes minutes."""

MOST_FOR_SHARPNESS = 200

TOO_LARGE = 1e100
"""Of such weights no plane can be drawn: lengths are no longer finite."""

NAME = re.compile(r"([A-Za-z_0-9/]{1,80})\[(\d{1,6}(?:, ?\d{1,6}){0,3})\]")


def answer_surface(
    subject: Subject, path: Array, along: Any = "path", points: int = 31, span: float | None = None, seed: int = 0
) -> tuple[Answer, Arrays]:
    """The surface of the mean loss over ``subject``'s examples. See the protocol.

    Args:
        subject: the network and the training points.
        path: the weights on the way so far, (k, N), each as ``as_vector`` has them.
        along: ``path``, ``random``, or the names of two weights.
        points: along a side, 5 to 61.
        span: from the middle to an edge; None: so that the path is in it.
        seed: of the random directions.

    Raises:
        ConfigError: for what cannot be drawn.
    """
    if not isinstance(points, int) or not 5 <= points <= 61:
        raise ConfigError(f"surface: points is a whole number from 5 to 61, not {points!r}")
    here = as_vector(subject.params)
    path = np.concatenate([path.reshape(-1, len(here)), here[None]])
    path = path[(np.abs(path) < TOO_LARGE).all(axis=1)]
    if not (np.abs(here) < TOO_LARGE).all():
        raise ConfigError("surface: the weights are not finite, or so large that squares of them are not: reset them")
    every = -(-subject.examples // max(1, min(MOST_EXAMPLES, MOST_WORK // (len(here) * points * points))))
    loss = MeanLoss(subject.model, subject.loss, subject.state, subject.x[::every], subject.y[::every], subject.penalty)
    plane = _plane(subject, path, along, seed)
    found = error_surface(loss, subject.params, plane, path, points, span)
    finite = found.loss[np.isfinite(found.loss)]
    answer = {
        "names": list(plane.names),
        "explained": None if plane.explained is None else list(plane.explained),
        "centre": list(plane.origin),
        "least": float(finite.min()) if finite.size else None,
        "sharpness": _sharpness(subject),
    }
    return {name: plain(part) for name, part in answer.items()}, {
        "axes": found.axes,
        "loss": np.where(np.isfinite(found.loss), found.loss, np.nan),
        "path": found.path,
        "directions": plane.directions,
        "weights": plane.centre,
    }


def _sharpness(subject: Subject) -> float:
    """The largest eigenvalue of the Hessian, without penalty, on some of the points."""
    every = -(-subject.examples // MOST_FOR_SHARPNESS)
    sample = Batch(subject.x[::every], subject.y[::every])
    network = ExaminedNetwork(subject.model, subject.loss, subject.params, subject.state, sample, {})
    with np.errstate(all="ignore"):
        return measure_sharpness(network, iterations=10)


def _plane(subject: Subject, path: Array, along: Any, seed: int) -> Plane:
    if along == "path":
        return plane_of_path(path, seed)
    if along == "random":
        return random_plane(subject.params, seed)
    if not isinstance(along, (list, tuple)) or len(along) != 2:
        raise ConfigError(f"surface: along is 'path', 'random' or the names of two weights, not {along!r}")
    first, second = (_weight(name) for name in along)
    return plane_of_weights(subject.params, first, second)


def _weight(name: Any) -> Weight:
    match = NAME.fullmatch(name) if isinstance(name, str) else None
    if match is None:
        raise ConfigError(f"surface: {str(name)[:40]!r} names no weight: write dense_1/W[0, 1]")
    return match[1], tuple(int(part) for part in match[2].split(","))
