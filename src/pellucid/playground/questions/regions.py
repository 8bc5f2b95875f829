"""The question ``regions``: what each layer makes of the plane."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from pellucid.errors import ConfigError
from pellucid.playground.questions.stages import activation_name
from pellucid.playground.questions.subject import Answer, Arrays, Subject
from pellucid.studies.plane_regions import plane_regions
from pellucid.types import Array

MOST_NUMBERS = 1 << 20
"""An answer has at most about so many numbers; of many units the grid is coarser."""

Domain = tuple[tuple[float, float], tuple[float, float]]


def answer_regions(
    subject: Subject, domain: Domain, features: Callable[[Array], Array], points: int = 40
) -> tuple[Answer, Arrays]:
    """What each hidden layer makes of a grid over ``domain``. See the protocol.

    Args:
        subject: the network.
        domain: the least and greatest coordinate of the map, across and up.
        features: what goes into the network for points of the map (N, 2): (N, D).
        points: along a side, 5 to 100; of many units fewer are taken.

    Raises:
        ConfigError: for another number of points.
    """
    if not isinstance(points, int) or not 5 <= points <= 100:
        raise ConfigError(f"regions: points is a whole number from 5 to 100, not {points!r}")
    units = sum(subject.taps[layer.path]["y"].shape[-1] + 1 for layer in subject.layers[:-1])
    points = max(5, min(points, math.isqrt(MOST_NUMBERS // max(units, 1))))
    grid = np.stack([np.linspace(*ends, points) for ends in domain])
    across, up = np.meshgrid(*grid)
    inputs = features(np.stack([across.ravel(), up.ravel()], axis=1))
    found = plane_regions(subject.model, subject.params, subject.state, inputs)
    layers, arrays = [], {"grid": grid}
    for number, (layer, regions) in enumerate(zip(subject.layers, found, strict=False), 1):
        outputs = regions.outputs.T
        layers.append(
            {
                "path": regions.path,
                "units": len(outputs),
                "activation": activation_name(layer),
                "patterns": regions.patterns,
                "linear": regions.linear,
            }
        )
        arrays[f"bent:{number}"] = outputs.reshape(len(outputs), points, points)
        arrays[f"pattern:{number}"] = regions.pattern.reshape(points, points)
    return {"layers": layers}, arrays
