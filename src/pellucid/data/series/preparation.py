"""A series as x: its variables scaled, the last window of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from pellucid import validate
from pellucid.data.base.layout import SequenceLayout
from pellucid.data.base.preparation import Inputs, Preparation, Reading
from pellucid.data.base.targets import SeriesTarget
from pellucid.data.preparation.scaling import Scaling
from pellucid.data.serialization import STRICT
from pellucid.data.series.files import Series, series_of
from pellucid.data.series.times import next_times
from pellucid.data.tables.memory import describe_table, table_in_memory
from pellucid.data.tables.table import Table, read_table
from pellucid.errors import DataError


@dataclass(frozen=True)
class SeriesPreparation(Preparation):
    """How a series becomes windows. Plain values: stored as JSON, never pickled.

    ``scaling`` has all variables, the first of which are the ``target``, and was fitted on training rows alone.
    ``time`` is the column of times.
    """

    scaling: Scaling
    target: SeriesTarget
    window: int
    time: str
    notes: tuple[str, ...] = ()
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
        return SequenceLayout(self.window, len(self.scaling.names))

    @property
    def outputs(self) -> tuple[str, ...]:
        return tuple(f"{name}+{step + 1}" for step in range(self.target.horizon) for name in self.target.names)

    @property
    def output_shape(self) -> tuple[int, ...]:
        return self.target.horizon, len(self.target.names)

    def read(self, path: Path, reading: Reading) -> Inputs:
        """The last window of the series in a file; places are the times after it."""
        return self._last_window(read_table(path, **vars(reading)))

    def prepare(self, data: Any, reading: Reading) -> Inputs:
        table = table_in_memory(data, reading.missing)
        if table is None:
            raise self.refusal(data)
        return self._last_window(table)

    @property
    def wanted(self) -> str:
        return describe_table((self.time, *self.scaling.names), rows=False)

    def _last_window(self, table: Table) -> Inputs:
        series = series_of(table, self.time, self.scaling.names)
        times = next_times(series.times, self.target.horizon) if len(series) > 1 else None
        return Inputs(self.latest(series), times, table.notes, self.time)

    def transform(self, series: Series) -> np.ndarray:
        """The values as a network sees them, float32, (T, V). Raises DataError for a variable that is not there."""
        for name in self.scaling.names:
            if name not in series.variables:
                raise DataError(f"{series.name} lacks the variable {name!r}, which the network was trained on")
        return self.scaling.apply(series.values[:, [series.variables.index(name) for name in self.scaling.names]])

    def latest(self, series: Series) -> np.ndarray:
        """The last window, (1, window, V): what the network says of it comes after the series."""
        require_length(series, self.window, f"a window of {self.window}")
        return self.transform(series)[None, -self.window :]


def require_length(series: Series, needed: int, what: str) -> None:
    """Raise DataError for a series of fewer rows than ``what`` needs."""
    if len(series) < needed:
        between = f"from {series.times[0]} to {series.times[-1]} " if len(series) else ""
        raise DataError(
            f"{series.name} has {len(series)} rows {between}where {what} need {needed}: make them shorter, or give "
            "more rows"
        )
