"""What a gradient check found: figures, verdicts and plain words, as a value, a table or JSON."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from pellucid.check.comparison import Compared
from pellucid.check.differences import RIGHT, WRONG
from pellucid.types import Array

Verdict: TypeAlias = Literal["right", "look closer", "wrong", "skipped"]
By: TypeAlias = Literal["entries", "directions"]

WIDTH = 79

MEANING = (
    "Errors of backward against each oracle, the largest of each row. Relative error is |a - b| / max(|a|, |b|, "
    "floor); the floor keeps rounding from counting. Below 1e-7 backward is right; from there to 1e-4 look closer, "
    "perhaps a kink; above 1e-4 it is wrong."
)


@dataclass(frozen=True)
class Furthest:
    """How far backward is from an oracle: the largest errors, and the slopes where the relative error is largest.

    ``where`` is the entry's index in its leaf; for random directions, the number of the direction.
    """

    absolute: float
    relative: float
    where: tuple[int, ...]
    backward: float
    oracle: float


@dataclass(frozen=True)
class LeafReport:
    """The check of one leaf: its path (such as ``dense_1/W``, or ``x``), its errors, the verdict and what it means.

    ``checked`` of its ``size`` numbers were checked, or with ``by`` "directions" so many random directions. At
    ``kinks`` of them the loss bends within the step, which is no fault; ``moved`` of these lie on the kink itself, so
    that their figures are those of a point nearby.
    """

    path: str
    shape: tuple[int, ...]
    size: int
    by: By
    checked: int
    numerical: Furthest | None
    automatic: Furthest | None
    kinks: int
    moved: int
    verdict: Verdict
    words: str


@dataclass(frozen=True)
class Fault:
    """A layer or loss whose own gradient is wrong: its path (that of the whole model is "", that of the loss "loss"),
    its repr, and the leaves by which the gradient is wrong.
    """

    path: str
    subject: str
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        where = f"{self.path} ({self.subject})" if self.path else self.subject
        return f"{where}: its gradient by {', '.join(self.wrong)} is wrong, checked by itself too"


@dataclass(frozen=True)
class GradientReport:
    """What ``check_gradients`` found; print it for a table in plain text.

    ``leaves`` are the weights, then the inputs; ``whole`` is the gradient along random directions in which everything
    moves at once. ``loss`` is the loss at the point, ``weights`` which of them were checked, ``step`` the step of the
    central differences, ``seed`` that of all draws; ``faults`` are the layers that are wrong by themselves.
    """

    loss: float
    weights: str
    step: float
    seed: int
    leaves: tuple[LeafReport, ...]
    whole: LeafReport
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Whether no gradient is wrong."""
        return not self.wrong

    @property
    def wrong(self) -> tuple[str, ...]:
        """The paths of what is wrong."""
        return self._with("wrong")

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON knows it: every field, and ``ok``. Numbers that are not finite become None."""
        return {"ok": self.ok, **_plain(asdict(self))}

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{'':33}{'central differences':^18}{'automatic':^18}"
        yield f"{'leaf':20} {'checked':>11} {'absolute relative  absolute relative':>36}  verdict"
        for row in (*self.leaves, self.whole):
            yield _table_row(row)
        yield ""
        for row in (*self.leaves, self.whole):
            if row.verdict != "right" or row.kinks:
                yield textwrap.fill(f"{row.path}: {row.words}.", WIDTH, subsequent_indent="  ")
        yield textwrap.fill(MEANING, WIDTH)
        yield from (textwrap.fill(line, WIDTH, subsequent_indent="  ") for line in self._closing())

    def _closing(self) -> Iterator[str]:
        closer = self._with("look closer")
        if not self.wrong:
            but = f", but look closer at {len(closer)}: {', '.join(closer)}" if closer else ""
            yield f"No gradient is wrong{but}."
            return
        yield f"Wrong: {', '.join(self.wrong)}."
        yield from (f"The fault is in {fault}." for fault in self.faults)
        if not self.faults:
            yield "No layer is wrong when checked by itself: look at how they are put together."

    def _with(self, verdict: Verdict) -> tuple[str, ...]:
        return tuple(row.path for row in (*self.leaves, self.whole) if row.verdict == verdict)


def _table_row(row: LeafReport) -> str:
    path = row.path if len(row.path) <= 20 else f"{row.path}\n{'':20}"
    checked = f"{row.checked}/{row.size}" if row.by == "entries" else f"{row.checked} random"
    errors = [
        f"{error:8.1e}" if furthest else f"{'-':>8}"
        for furthest in (row.numerical, row.automatic)
        for error in ((furthest.absolute, furthest.relative) if furthest else (0.0, 0.0))
    ]
    return f"{path:20} {checked:>11} {' '.join(errors)}  {row.verdict}".rstrip()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(child) for name, child in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(child) for child in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def checked_row(path: str, shape: tuple[int, ...], by: By, compared: Compared) -> LeafReport:
    """The row of a leaf whose slopes were compared."""
    error = compared.error
    worst = float(error.max(initial=0.0))
    verdict: Verdict = "right" if worst <= RIGHT else "look closer" if worst <= WRONG else "wrong"
    numerical = _furthest(compared, compared.numerical, compared.numerical_error, shape, by)
    automatic = _furthest(compared, compared.automatic, compared.automatic_error, shape, by)
    kinks = int((compared.moved | (compared.kink & (error <= RIGHT))).sum())
    moved = int(compared.moved.sum())
    words = _in_words(verdict, numerical, automatic) + _kinks_in_words(kinks, moved)
    size = math.prod(shape)
    return LeafReport(path, shape, size, by, len(error), numerical, automatic, kinks, moved, verdict, words)


def unchecked_row(path: str, shape: tuple[int, ...], verdict: Verdict, why: str) -> LeafReport:
    """The row of a leaf that has no slopes to compare."""
    words = f"{verdict}: {why}"
    return LeafReport(path, shape, math.prod(shape), "entries", 0, None, None, 0, 0, verdict, words)


def _furthest(compared: Compared, oracle: Array, relative: Array, shape: tuple[int, ...], by: By) -> Furthest | None:
    if relative.size == 0:
        return None
    n = int(np.argmax(relative))
    line = int(compared.which[n])
    where = tuple(map(int, np.unravel_index(line, shape))) if by == "entries" else (line,)
    finite = np.isfinite(compared.backward) & np.isfinite(oracle)
    absolute = np.abs(compared.backward[finite] - oracle[finite]).max(initial=0.0) if finite.all() else math.inf
    return Furthest(float(absolute), float(relative[n]), where, float(compared.backward[n]), float(oracle[n]))


def _in_words(verdict: Verdict, numerical: Furthest | None, automatic: Furthest | None) -> str:
    if numerical is None or automatic is None:
        return f"{verdict}: it has no numbers to check"
    if numerical.relative >= automatic.relative:
        worst, oracle = numerical, "central differences"
    else:
        worst, oracle = automatic, "automatic differentiation"
    if verdict == "right":
        return f"right: the largest relative error, {worst.relative:.1e}, is below 1e-7"
    range_ = "above 1e-4" if verdict == "wrong" else "between 1e-7 and 1e-4: perhaps a kink, perhaps a small mistake"
    return (
        f"{verdict} at {list(worst.where)}: {worst.backward:.9g} by backward, {worst.oracle:.9g} by {oracle}, "
        f"a relative error of {worst.relative:.1e}, {range_}"
    )


def _kinks_in_words(kinks: int, moved: int) -> str:
    words = ""
    if kinks > moved:
        words += f"; {kinks - moved} within a step of a kink, where backward has the slope of its own side"
    if moved:
        words += f"; {moved} right on a kink, where there is no one slope, and checked a little way off it"
    return words
