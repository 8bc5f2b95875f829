"""The error surface: the loss of a network over a plane of its weights, and the path that training took over it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pellucid import validate
from pellucid.layer import Layer, Loss
from pellucid.regularize import Penalty, penalty_value
from pellucid.studies.plane import Plane, as_params
from pellucid.types import Array, Params, State

MARGIN = 0.4
"""Beside the path lies so much of its length on either side."""
NARROWEST = 0.2
"""No axis is shorter than this part of the longer one where the path decides."""
NEAR = 1.0
"""How far the axes reach from the weights where there is no path."""


@dataclass(frozen=True, eq=False)
class ErrorSurface:
    """``loss[i, j]`` (n, n) is the loss at ``axes[1, i]`` and ``axes[0, j]``, coordinates in the ``plane``.

    ``axes`` (2, n) grow. ``path`` (k, 2) is the path, projected; its last point is the weights as they are. A loss that
    is not finite is NaN or infinite.
    """

    plane: Plane
    axes: Array
    loss: Array
    path: Array


@dataclass(frozen=True, eq=False)
class MeanLoss:
    """The mean loss of a network over examples x and y, in use, as a function of its weights; with the penalty."""

    model: Layer
    loss: Loss
    state: State
    x: Array
    y: Array
    penalty: Penalty | None = None

    def __call__(self, params: Params) -> float:
        with np.errstate(all="ignore"):  # far away from where it was trained a network may overflow
            outputs = self.model.forward(params, self.state, self.x)[0]
            value = float(self.loss.value(outputs, self.y).mean())
            if self.penalty is not None:
                value += float(penalty_value(params, self.penalty.strengths(params)))
        return value


def error_surface(
    loss: MeanLoss,
    params: Params,
    plane: Plane,
    path: Array | None = None,
    points: int = 31,
    span: float | None = None,
) -> ErrorSurface:
    """The loss over a plane of the weights.

    Args:
        loss: the loss as a function of the weights.
        params: the weights as they are: the shapes of what the plane has in one vector.
        plane: the plane: ``plane_of_weights``, ``random_plane`` or ``plane_of_path``.
        path: the weights on the way (k, N), the last as they are; None: they have not moved.
        points: how many along each side; the loss is evaluated as often as its square.
        span: how far the axes reach from the weights on either side; None: as far as the path, and some more.

    Raises:
        ConfigError: for points or a span that are not above 0.
    """
    validate.positive_int("error_surface", "points", points)
    if span is not None:
        validate.positive("error_surface", "span", span)
    projected = plane.project(plane.centre[None] if path is None else path)
    axes = np.stack([np.linspace(*ends, points) for ends in _ends(plane, projected, span)])
    values = [[loss(as_params(plane.point(a, b), params)) for a in axes[0]] for b in axes[1]]
    return ErrorSurface(plane, axes, np.array(values), projected)


def _ends(plane: Plane, path: Array, span: float | None) -> list[tuple[float, float]]:
    """Where each axis begins and ends."""
    if span is not None:
        return [(middle - span, middle + span) for middle in plane.origin]
    least, greatest = path.min(axis=0), path.max(axis=0)
    lengths = greatest - least
    if not lengths.max() > 0:
        return [(middle - NEAR, middle + NEAR) for middle in plane.origin]
    lengths = np.maximum(lengths, NARROWEST * lengths.max())
    middle, half = (least + greatest) / 2, lengths * (0.5 + MARGIN)
    return [(float(m - h), float(m + h)) for m, h in zip(middle, half, strict=True)]
