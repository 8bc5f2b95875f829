"""A series as examples: windows of the past, and what came after each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from pellucid import validate
from pellucid.data.base.dataset import Dataset, Split
from pellucid.data.base.preparation import Inputs, Preparation, Reading
from pellucid.data.base.splits import FRACTIONS
from pellucid.data.base.targets import SeriesTarget
from pellucid.data.preparation.scaling import Scaling
from pellucid.data.serialization import STRICT
from pellucid.data.series.files import Series, series_of
from pellucid.data.series.times import next_times
from pellucid.data.tables.table import read_table
from pellucid.errors import ConfigError, DataError, UnknownNameError


def windows(values: np.ndarray, window: int, horizon: int, targets: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """``(x, y)``: every ``window`` steps in a row, and of the ``horizon`` steps behind them the first ``targets``.

    Shapes: values (T, V); x (N, window, V), y (N, horizon, targets or V), N = T - window - horizon + 1. Both are views,
    not copies. Raises ConfigError for sizes below 1, DataError for fewer than window + horizon steps.
    """
    validate.positive_int("windows", "window", window)
    validate.positive_int("windows", "horizon", horizon)
    if values.ndim != 2 or len(values) < window + horizon:
        raise DataError(
            f"windows: {window} steps and the {horizon} behind them need values of shape ({window + horizon} or more, "
            f"variables), not {values.shape}"
        )
    both = np.lib.stride_tricks.sliding_window_view(values, window + horizon, axis=0).swapaxes(1, 2)
    return both[:, :window], both[:, window:, :targets]


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
    network: ClassVar[str] = "linear"
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        validate.positive_int("a series", "window", self.window)
        if self.scaling.first(len(self.target.names)) != self.target.scaling:
            raise DataError(f"targets are the first of the variables {self.scaling.names}, not {self.target.names}")
        if len(set(self.scaling.names)) < len(self.scaling.names):
            raise DataError(f"a series needs variables that differ, not {self.scaling.names}")

    @property
    def outputs(self) -> tuple[str, ...]:
        return tuple(f"{name}+{step + 1}" for step in range(self.target.horizon) for name in self.target.names)

    @property
    def output_shape(self) -> tuple[int, ...]:
        return self.target.horizon, len(self.target.names)

    def read(self, path: Path, reading: Reading) -> Inputs:
        """The last window of the series in a file; places are the times after it."""
        table = read_table(path, header=reading.header, missing=reading.missing, encoding=reading.encoding)
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
        if len(series) < self.window:
            raise DataError(_too_short(series, self.window, f"a window of {self.window}"))
        return self.transform(series)[None, -self.window :]


def dataset_from_series(
    series: Series,
    *,
    window: int,
    horizon: int,
    targets: Sequence[str] | None = None,
    ends: Sequence[int] | None = None,
    fractions: Sequence[float] = FRACTIONS,
) -> Dataset:
    """The windows of a series in training, validation and test part, every variable scaled by the training rows.

    Each part is later than the one before it. A row to foretell belongs to one part only; the window in front of it may
    reach into the part before, which is the past by then. ``ends`` are the rows where the three parts end, else
    ``fractions`` share all rows out. ``targets`` are the variables to foretell, all if None.
    Raises DataError for a part too short for its windows, UnknownNameError for a target that is not there.
    """
    chosen = series.variables if targets is None else tuple(targets)
    for name in chosen:
        if name not in series.variables:
            raise UnknownNameError(f"variable of {series.name}", name, series.variables)
    stops = _ends(series, ends, fractions)
    order = (*chosen, *(name for name in series.variables if name not in chosen))
    columns = [series.variables.index(name) for name in order]
    training = series.values[: stops[0], columns]
    scaling = Scaling.fit(order, training)
    target = SeriesTarget(horizon, scaling.first(len(chosen)))
    preparation = SeriesPreparation(scaling, target, window, series.time)
    values, parts = preparation.transform(series), []
    for start, stop in zip((0, *stops), stops, strict=False):
        past = max(0, start - window)
        _check_length(series.take(slice(past, stop)), window, horizon)
        parts.append(Split(*windows(values[past:stop], window, horizon, len(chosen))))
    counted = ", ".join(
        f"{len(part):,} {name}" for part, name in zip(parts, ("train", "validate", "test"), strict=True)
    )
    notes = [f"windows of {window} steps, {horizon} to foretell: {counted}"]
    if flat := [name for name, column in zip(order, training.T, strict=True) if column.min() == column.max()]:
        notes.append(f"the same in all training rows, so only centred: {', '.join(flat)}")
    train, validation, test = parts
    return Dataset(series.name, train, validation, test, preparation, tuple(notes))


def _ends(series: Series, ends: Sequence[int] | None, fractions: Sequence[float]) -> tuple[int, ...]:
    if ends is None:
        shares = np.cumsum(fractions) / sum(fractions)
        return tuple(round(share * len(series)) for share in shares)
    if len(ends) != 3 or not 0 < ends[0] < ends[1] < ends[2] <= len(series):
        raise ConfigError(
            f"ends are three rows in order, at most {len(series)}, the length of {series.name}: not {ends}"
        )
    return tuple(ends)


def _check_length(part: Series, window: int, horizon: int) -> None:
    if len(part) < window + horizon:
        raise DataError(_too_short(part, window + horizon, f"a window of {window} and a horizon of {horizon}"))


def _too_short(part: Series, needed: int, what: str) -> str:
    between = f"from {part.times[0]} to {part.times[-1]} " if len(part) else ""
    return f"{part.name} has {len(part)} rows {between}where {what} need {needed}: make them shorter, or give more rows"
