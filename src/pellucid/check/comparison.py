"""Backward compared with both oracles along lines, and which disagreements come from a kink."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from pellucid.check.differences import RIGHT, SHRINK, both_sides, measure, relative_error
from pellucid.check.lines import Lines
from pellucid.check.problem import Point
from pellucid.types import Array


@dataclass(frozen=True)
class Compared:
    """Slopes along the lines ``which`` by backward and by both oracles, and the relative errors of backward.

    On ``kink`` lines the loss bends within the step. On ``moved`` ones it bends at the very point, so that their
    figures are those of a point nearby.
    """

    which: Array
    backward: Array
    numerical: Array
    automatic: Array
    numerical_error: Array
    automatic_error: Array
    kink: Array
    moved: Array

    @classmethod
    def concatenate(cls, parts: Sequence[Compared]) -> Compared:
        """All lines of ``parts``, in order."""
        return cls(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)))

    @property
    def error(self) -> Array:
        """The larger of both relative errors."""
        return np.maximum(self.numerical_error, self.automatic_error)


def compare(lines: Lines, which: Array, here: Point, around: Callable[[], Sequence[Point]], step: float) -> Compared:
    """Hold backward against both oracles along the lines ``which``; ``around`` gives points nearby.

    A disagreement may come from a kink at the very point, where there is no one derivative. It is excused only if
    the loss does bend there, with the smallest step too; if backward's slope is one of those that the loss has there;
    and if backward agrees with both oracles at a point nearby. So a wrong gradient is never excused: it is as wrong
    nearby.
    """
    compared = _compare(lines, which, here, step)
    n = np.flatnonzero(compared.error > RIGHT)
    n = n[_bends_here(lines, which[n], here, step)]
    if n.size == 0:
        return compared
    n = n[_has_that_slope(lines, compared, n, here, around(), step)]
    nearby = _compare(lines, which[n], around()[0], step)
    agrees = nearby.error <= RIGHT
    columns = {field.name: getattr(compared, field.name).copy() for field in fields(Compared)}
    for name, column in columns.items():
        column[n[agrees]] = getattr(nearby, name)[agrees]
    columns["moved"][n[agrees]] = True
    return Compared(**columns)


def _compare(lines: Lines, which: Array, here: Point, step: float) -> Compared:
    backward, automatic = lines.slopes(here.backward)[which], lines.slopes(here.automatic)[which]
    steps = lines.steps(here, step)[which]
    numerical = measure(lines.line(here, len(which)), which, steps, backward, here.value, here.noise)
    return Compared(
        which,
        backward,
        numerical.value,
        automatic,
        relative_error(backward, numerical.value, numerical.floor),
        relative_error(backward, automatic, here.floor),
        numerical.kink,
        np.zeros(len(which), bool),
    )


def _bends_here(lines: Lines, which: Array, here: Point, step: float) -> Array:
    """Whether the loss bends even within the smallest step."""
    h = SHRINK[-1] * lines.steps(here, step)[which]
    return both_sides(lines.line(here, len(which)), which, h, here.value, here.noise)[2]


def _has_that_slope(
    lines: Lines, compared: Compared, n: Array, here: Point, around: Sequence[Point], step: float
) -> Array:
    """Whether backward's slope on the lines ``n``, on which the loss bends here, is one that the loss has here.

    It is if it lies between the slopes of both sides, or is the one that automatic differentiation chooses. But where
    k units switch at once there are 2^k slopes, some beyond both sides; those at the points around are a few of them
    at random. The slope chosen can be sqrt(k) times their spread away from their mean; eight times is allowed.
    """
    which, backward = compared.which[n], compared.backward[n]
    h = SHRINK[-1] * lines.steps(here, step)[which]
    below, above, _ = both_sides(lines.line(here, len(n)), which, h, here.value, here.noise)
    slack = 4.0 * here.noise / h + RIGHT * np.maximum(np.abs(below), np.abs(above))
    between = np.abs(backward - (below + above) / 2.0) <= np.abs(above - below) / 2.0 + slack
    slopes = np.stack([lines.slopes(point.backward)[which] for point in around])
    mean = slopes.mean(axis=0)
    near = np.abs(backward - mean) <= 8.0 * np.abs(slopes - mean).max(axis=0)
    return between | near | (compared.automatic_error[n] <= RIGHT)
