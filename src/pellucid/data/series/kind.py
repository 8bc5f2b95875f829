"""Series as a kind of data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from pellucid.data.base.kind import KindOfData
from pellucid.data.base.source import Source
from pellucid.data.tables.options import ReadingOptions
from pellucid.errors import ConfigError

if TYPE_CHECKING:
    from pellucid.data.base.dataset import Dataset
    from pellucid.data.base.preparation import Preparation


class SeriesOptions(ReadingOptions):
    """What series take."""

    time: str | None = Field(default=None, description="The column of times, which makes a table a series.")
    window: int | None = Field(default=None, ge=1, description="Steps of a series to see.")
    horizon: int | None = Field(default=None, ge=1, description="Steps behind them to forecast.")


class SeriesKind(KindOfData[SeriesOptions]):
    """Tables with a column of times: windows of the past, and the steps behind each."""

    name = "series"
    what = "series"
    options = SeriesOptions
    tasks = ("auto",)
    network = "linear"
    how = "name its column of times by time"

    def recognises(self, source: Source) -> bool:
        return source.given.get("time") is not None and not source.path.is_dir()

    def load(self, source: Source, options: SeriesOptions, task: str, seed: int) -> Dataset:
        from pellucid.data.series.dataset import dataset_from_series
        from pellucid.data.series.files import series_of
        from pellucid.data.tables.table import read_table

        if options.window is None or options.horizon is None:
            raise ConfigError("a series needs window and horizon: how many steps to see, and how many to forecast")
        series = series_of(read_table(source.path, **vars(options.reading())), str(options.time))
        targets = None
        if options.target is not None:
            whole = options.target in series.variables
            targets = [options.target] if whole else [name.strip() for name in options.target.split(",")]
        return dataset_from_series(series, window=options.window, horizon=options.horizon, targets=targets)

    def preparations(self) -> tuple[type[Preparation], ...]:
        from pellucid.data.series.preparation import SeriesPreparation

        return (SeriesPreparation,)
