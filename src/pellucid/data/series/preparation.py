"""A series as x: its variables scaled, the last window of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from pellucid import validate
from pellucid.data.base.layout import SequenceLayout
from pellucid.data.base.preparation import Inputs, Preparation, Reading
from pellucid.data.base.targets import SeriesTarget
from pellucid.data.messages import name_some
from pellucid.data.preparation.scaling import Scaling
from pellucid.data.serialization import STRICT
from pellucid.data.series.calendar import wave_names, with_calendar
from pellucid.data.series.columns import SeriesColumns
from pellucid.data.series.files import all_series_of
from pellucid.data.series.gaps import Fill
from pellucid.data.series.notes import gather_notes
from pellucid.data.series.series import Series
from pellucid.data.series.step import ROUNDED
from pellucid.data.series.steps import AnyStep, NumberStep
from pellucid.data.series.windows import hide_unknown
from pellucid.data.tables.categories import Categories
from pellucid.data.tables.memory import describe_table, table_in_memory
from pellucid.data.tables.table import Table, read_table
from pellucid.errors import DataError


@dataclass(frozen=True)
class SeriesPreparation(Preparation):
    """How a series becomes windows. Plain values: stored as JSON, never pickled.

    ``scaling`` has all variables, the first of which are the ``target``, and was fitted on training rows alone.
    ``time`` is the column of times, ``step`` what lies between them in training; ``future`` are the columns known ahead
    of time, ``categories`` those of words, ``calendar`` the parts of dates that are variables. ``each`` has the scaling
    of the targets of each series by its id, where each has its own. All others are as ``SeriesColumns`` has them.
    """

    scaling: Scaling
    target: SeriesTarget
    window: int
    time: str
    notes: tuple[str, ...] = ()
    step: AnyStep | None = None
    id: str | None = None
    future: tuple[str, ...] = ()
    categories: tuple[Categories, ...] = ()
    calendar: tuple[str, ...] = ()
    dates: str = "auto"
    zone: str | None = None
    fill: Fill | None = None
    each: tuple[tuple[str, Scaling], ...] = ()
    kind: ClassVar[str] = "series"
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        validate.positive_int("a series", "window", self.window)
        if self.scaling.first(len(self.target.names)) != self.target.scaling:
            raise DataError(f"targets are the first of the variables {self.scaling.names}, not {self.target.names}")
        if len(set(self.scaling.names)) < len(self.scaling.names):
            raise DataError(f"a series needs variables that differ, not {self.scaling.names}")

    @property
    def layout(self) -> SequenceLayout:
        ahead = self.target.horizon if self.future or self.calendar else 0
        return SequenceLayout(self.window + ahead, len(self.scaling.names))

    @property
    def columns_in_x(self) -> dict[str, list[tuple[str, int]]]:
        places: dict[str, list[tuple[str, int]]] = {}
        for index, (name, source) in enumerate(zip(self.scaling.names, self._sources, strict=True)):
            places.setdefault(source or name, []).append(("", index))
        return places

    @property
    def scaled_columns(self) -> Scaling | None:
        return self.scaling

    @property
    def outputs(self) -> tuple[str, ...]:
        return tuple(f"{name}+{step + 1}" for step in range(self.target.horizon) for name in self.target.names)

    @property
    def output_shape(self) -> tuple[int, ...]:
        return self.target.horizon, len(self.target.names)

    @property
    def columns(self) -> SeriesColumns:
        """How a table of the same form is read."""
        return SeriesColumns(
            time=self.time,
            id=self.id,
            targets=self.target.names,
            variables=tuple(dict.fromkeys(source for source in self._sources if source is not None)),
            future=self.future,
            dates=self.dates,
            zone=self.zone,
            fill=self.fill,
        )

    @property
    def known(self) -> list[int]:
        """Which of the variables are known ahead of time."""
        return [i for i, source in enumerate(self._sources) if source is None or source in self.future]

    @property
    def _sources(self) -> list[str | None]:
        """The column of the table that each variable comes from, None for the calendar."""
        words = {feature: one.name for one in self.categories for feature in one.features}
        waves = dict.fromkeys(wave_names(self.calendar))
        return [{**words, **waves}.get(name, name) for name in self.scaling.names]

    def read(self, path: Path, reading: Reading) -> Inputs:
        """The last window of each series in a file; places are the times after it."""
        return self._last_windows(read_table(path, **vars(reading)))

    def prepare(self, data: Any, reading: Reading) -> Inputs:
        table = table_in_memory(data, reading.missing)
        if table is None:
            raise self.refusal(data)
        return self._last_windows(table)

    @property
    def wanted(self) -> str:
        names = (self.time, *([] if self.id is None else [self.id]), *(self.columns.variables or ()))
        return describe_table(names, rows=False)

    def _last_windows(self, table: Table) -> Inputs:
        """x (S, window, variables), of each series one."""
        found = all_series_of(table, self.columns, self.categories, self.step)
        x = np.concatenate([self.latest(series) for series in found])
        places = [place for series in found for place in series.following(self.target.horizon)]
        notes = (*table.notes, *gather_notes(found), *self._note_step(found[0]), *self._note_new(found))
        whose = (
            {}
            if self.id is None
            else {self.id: tuple(str(one.id) for one in found for _ in range(self.target.horizon))}
        )
        scalings = tuple(map(self.scaling_of, found)) if self.each else ()
        return Inputs(x, tuple(places) or None, notes, self.time, whose, scalings)

    def scaling_of(self, series: Series) -> Scaling:
        """The scaling of all variables of a series; one that was not trained on is scaled by its own rows."""
        if not self.each:
            return self.scaling
        own = dict(self.each).get(str(series.id)) or fit_targets(series.values[:, self.places(series)], self.target)
        return own.join_columns(self.scaling)

    def _note_new(self, found: Sequence[Series]) -> tuple[str, ...]:
        """A remark on series that are scaled by themselves and were not trained on."""
        known = dict(self.each)
        new = [str(series.id) for series in found if str(series.id) not in known]
        return (f"not trained on, and scaled by the rows given: {name_some(new, 5)}",) if self.each and new else ()

    def _note_step(self, series: Series) -> tuple[str, ...]:
        """A remark where the steps are not those of training."""
        if self.step is None or series.step is None or self.step == series.step or _alike(self.step, series.step):
            return ()
        return (
            f"{series.name} has steps of {series.step}, but the network was trained on steps of {self.step}: what it "
            "has learnt hardly holds; give it a table with such steps",
        )

    def transform(self, series: Series) -> np.ndarray:
        """The values as a network sees them, float32, (T, V). Raises DataError for a variable that is not there."""
        return self.scaling_of(series).apply(series.values[:, self.places(series)])

    def places(self, series: Series) -> list[int]:
        """Where in a series the variables are, in the order of the network."""
        for name in self.scaling.names:
            if name not in series.variables:
                raise DataError(f"{series.label} lacks the variable {name!r}, which the network was trained on")
        return [series.variables.index(name) for name in self.scaling.names]

    def latest(self, series: Series) -> np.ndarray:
        """The last window, (1, T, V): what the network says of it comes after the series.

        T is the window; where variables are known ahead of time, the window and the horizon.
        Raises DataError for a series that is too short, and where what is known does not reach over the horizon.
        """
        require_length(series, self.window, f"a window of {self.window}")
        horizon = self.target.horizon
        series = with_calendar(
            series, () if set(series.variables) >= set(self.scaling.names) else self.calendar, horizon
        )
        values = self.transform(series)[-self.window :]
        if not self.known:
            return values[None]
        if len(series.ahead) < horizon:
            raise DataError(
                f"{series.label} ends at {series.form.write(series.times[-1:])[0]}, and of the {horizon} steps to "
                f"forecast {len(series.ahead)} have values of {', '.join(self.future)}: add rows with these, their "
                f"{', '.join(self.target.names)} left empty"
            )
        ahead = np.repeat(series.values[-1:], horizon, axis=0)
        ahead[:, [series.variables.index(name) for name in series.future]] = series.ahead[:horizon]
        behind = self.scaling_of(series).apply(ahead[:, self.places(series)])
        return hide_unknown(np.concatenate([values, behind])[None], self.window, self.known)


def fit_targets(values: np.ndarray, target: SeriesTarget) -> Scaling:
    """The scaling of the targets, the first of the variables of ``values`` (T, V), by these alone."""
    return Scaling.fit(target.names, values[:, : len(target.names)])


def _alike(step: AnyStep, other: AnyStep) -> bool:
    """Whether numbers go up by the same amount, to within rounding."""
    both = isinstance(step, NumberStep) and isinstance(other, NumberStep)
    return both and abs(step.size - other.size) <= ROUNDED * step.size  # type: ignore[union-attr]


def require_length(series: Series, needed: int, what: str) -> None:
    """Raise DataError for a series of fewer rows than ``what`` needs."""
    if len(series) < needed:
        between = f"from {series.times[0]} to {series.times[-1]} " if len(series) else ""
        raise DataError(
            f"{series.label} has {len(series)} rows {between}where {what} need {needed}: make them shorter, or give "
            "more rows"
        )
