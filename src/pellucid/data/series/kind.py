"""Series as a kind of data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from pellucid.data.base.kind import KindOfData
from pellucid.data.base.source import Source
from pellucid.data.tables.options import CategoryOptions, DateOptions, ReadingOptions
from pellucid.errors import ConfigError

if TYPE_CHECKING:
    from pellucid.data.base.dataset import Dataset
    from pellucid.data.base.preparation import Preparation
    from pellucid.data.series.columns import SeriesColumns
    from pellucid.data.tables.table import Table


class SeriesOptions(ReadingOptions, CategoryOptions, DateOptions):
    """What series take."""

    time: str | None = Field(default=None, description="The column of times, which makes a table a series.")
    window: int | None = Field(default=None, ge=1, description="Steps of a series to see.")
    horizon: int | None = Field(default=None, ge=1, description="Steps behind them to forecast.")
    id: str | None = Field(default=None, description="The column that tells several series in one table apart: store.")
    variables: list[str] = Field(default=[], description="The columns of a series to see; all if not given: OT,HUFL.")
    future: list[str] = Field(default=[], description="Columns of a series known ahead of time: holiday,promo.")
    calendar: bool = Field(default=False, description="Hour, day of the week and time of the year as known inputs.")
    fill: Literal["previous", "linear"] | None = Field(
        default=None, description="Fill gaps of a series: previous, with the value before; linear, on a line."
    )
    scaling: Literal["all", "each"] = Field(
        default="all", description="Scale several series by the rows of all, or each by its own: all, each."
    )
    zone: str | None = Field(default=None, description="Time zone of a series' dates that say none: Europe/Berlin.")

    def columns_of(self, table: Table) -> SeriesColumns:
        """Which columns of the table make the series."""
        from pellucid.data.series.columns import SeriesColumns

        targets = None
        if self.target is not None:
            whole = self.target in table.columns
            targets = (self.target,) if whole else tuple(name.strip() for name in self.target.split(","))
        return SeriesColumns(
            time=str(self.time),
            id=self.id,
            targets=targets,
            variables=tuple(self.variables) or None,
            future=tuple(self.future),
            categorical=tuple(self.categorical),
            dates=self.dates,
            zone=self.zone,
            fill=self.fill,
        )


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
        from pellucid.data.series.files import all_series_of
        from pellucid.data.tables.table import read_table

        if options.window is None or options.horizon is None:
            raise ConfigError("a series needs window and horizon: how many steps to see, and how many to forecast")
        table = read_table(source.path, **vars(options.reading()))
        columns = options.columns_of(table)
        dataset = dataset_from_series(
            all_series_of(table, columns),
            window=options.window,
            horizon=options.horizon,
            calendar=options.calendar,
            columns=columns,
            scaling=options.scaling,
        )
        return replace(dataset, notes=(*table.notes, *dataset.notes))

    def preparations(self) -> tuple[type[Preparation], ...]:
        from pellucid.data.series.preparation import SeriesPreparation

        return (SeriesPreparation,)
