"""A series: what some variables were at equal steps of time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from pellucid.data.series.step_search import find_step
from pellucid.data.series.steps import AnyStep
from pellucid.data.series.times import TimeForm
from pellucid.data.tables.categories import Categories

if TYPE_CHECKING:
    from typing import Self


@dataclass(frozen=True, eq=False)
class Series:
    """``values`` (T, V), float64, of V ``variables`` at the ``times`` (T,): dates, or numbers such as years.

    Every step is as long as the others, and no value is missing: ``read_series`` checks it. ``time`` is the name of
    the column of times, ``step`` what lies between them, ``form`` how the table writes them. ``id`` names the series
    among several. ``targets`` are the variables that can be forecast. Of those in ``future`` the values ``ahead`` (A,
    F), at the steps behind the last, are known too. ``categories`` are the columns of words that variables stand for.
    """

    name: str
    times: np.ndarray
    values: np.ndarray
    variables: tuple[str, ...]
    time: str = "time"
    step: AnyStep | None = None
    form: TimeForm = field(default_factory=TimeForm)
    id: str | None = None
    targets: tuple[str, ...] = ()
    future: tuple[str, ...] = ()
    ahead: np.ndarray = field(default_factory=lambda: np.empty((0, 0)))
    categories: tuple[Categories, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "step", self.step or find_step(self.times))
        object.__setattr__(self, "targets", self.targets or self.variables)
        if self.times.dtype.kind == "M" and self.form.pattern is None:
            object.__setattr__(self, "form", TimeForm("%Y-%m-%d %H:%M:%S"))

    def __len__(self) -> int:
        return len(self.times)

    def __repr__(self) -> str:
        return f"Series({self.label!r}: {len(self)} times from {self.times[0]} to {self.times[-1]}, {self.variables})"

    @property
    def label(self) -> str:
        """What messages call it."""
        return self.name if self.id is None else f"{self.name}, {self.id}"

    def following(self, horizon: int) -> tuple[str, ...]:
        """The times of so many steps behind the last, as the table would write them; () for a single time."""
        return () if self.step is None else self.form.write(self.step.following(self.times[-1], horizon))

    def take(self, rows: slice) -> Self:
        """A part of it, later or earlier in time; what is known of the steps behind it is left out."""
        return replace(self, times=self.times[rows], values=self.values[rows], ahead=self.ahead[:0], notes=())
