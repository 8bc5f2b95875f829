"""The data of a state: drawn or given, distorted if asked, split, and laid out on the map."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pellucid import ops
from pellucid.errors import DataError
from pellucid.playground.data.data_sets import CLASSIFICATION, REGRESSION, DataSet
from pellucid.playground.data.draw import Draw, Points
from pellucid.playground.data.own import own_points
from pellucid.playground.data.plane import Domain, Plane, domain_around, plane_of
from pellucid.playground.keys import data_key, random_order
from pellucid.playground.state import DataState

SHUFFLE = 1000
"""The number of the draw that shuffles points before they are split."""


@dataclass(frozen=True, eq=False)
class PlayData:
    """Inputs x (N, D), labels y (N,), which points are for the ``test`` (N,), and the plane of the map.

    ``classes`` is how many there are; 0 in regression.
    """

    x: np.ndarray
    y: np.ndarray
    test: np.ndarray
    columns: tuple[str, ...]
    classes: int
    plane: Plane
    domain: Domain

    @cached_property
    def shown(self) -> np.ndarray:
        """Where the map has the points, (N, 2)."""
        return self.plane.show(self.x)


def make_data(state: DataState) -> PlayData:
    """The data of ``state``. Raises DataError for what cannot be."""
    classify = state.problem == "classification"
    if state.name == "own":
        points, test = own_points(state)
        columns, classes, usual = tuple(state.columns), state.classes, None
    else:
        drawn = data_set(state)
        points, test = split(drawn_points(state, drawn), state)
        columns, classes, usual = ("x1", "x2"), state.classes if drawn.any_classes else 2, drawn.domain
    x = distort(points.x, state)
    plane = plane_of(x[~test], state.axes)
    domain = distorted_domain(usual, state) if usual and state.axes == (0, 1) else domain_around(plane.show(x))
    return PlayData(x, points.y, test, columns, classes if classify else 0, plane, domain)


def data_set(state: DataState) -> DataSet:
    """The data set that ``state`` names. Raises DataError where it is of the other problem."""
    known = CLASSIFICATION if state.problem == "classification" else REGRESSION
    if state.name not in known:
        raise DataError(f"{state.name} is no data set for {state.problem}: choose one of {', '.join(known)}, or own")
    return known[state.name]


def drawn_points(state: DataState, drawn: DataSet) -> Points:
    """The points of a data set in the order in which they are drawn."""
    classes = state.classes if drawn.any_classes else 2
    return drawn.draw(Draw(data_key(state.seed), state.count or drawn.count, state.noise / 100.0, classes))


def split(points: Points, state: DataState) -> tuple[Points, np.ndarray]:
    """The points shuffled, the training part first, and which are for the test."""
    count = len(points.y)
    order = random_order(count, ops.fold_in(data_key(state.seed), SHUFFLE))
    training = max(2, math.floor(count * state.train_share / 100.0))
    return Points(points.x[order], points.y[order]), np.arange(count) >= training


def distort(x: np.ndarray, state: DataState) -> np.ndarray:
    """The first two inputs correlated and the second one stretched, as ``state`` asks."""
    if x.shape[1] < 2 or (state.tilt == 0 and state.stretch == 1):
        return x
    x2 = state.stretch * (state.tilt * x[:, 0] + math.sqrt(1.0 - state.tilt**2) * x[:, 1])
    return np.column_stack([x[:, 0], x2, x[:, 2:]])


def distorted_domain(usual: Domain, state: DataState) -> Domain:
    """The part of the plane in which the distorted points lie."""
    if state.tilt == 0 and state.stretch == 1:
        return usual
    (first, last), (low, high) = usual
    ends = [state.stretch * (state.tilt * x1 + math.sqrt(1.0 - state.tilt**2) * x2) for x1, x2 in (
        (first, low), (first, high), (last, low), (last, high),
    )]  # fmt: skip
    return usual[0], (min(ends), max(ends))
