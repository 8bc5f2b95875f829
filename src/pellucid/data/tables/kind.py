"""Tables as a kind of data: columns of numbers and of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid.data.base.kind import Augmentation, KindOfData
from pellucid.data.base.layout import RowLayout
from pellucid.data.base.options import TestOptions
from pellucid.data.base.source import Source
from pellucid.data.tables.options import CategoryOptions, DateOptions, PlanOptions, ReadingOptions, RowOptions

if TYPE_CHECKING:
    from pellucid.data.base.dataset import Dataset
    from pellucid.data.base.preparation import Preparation
    from pellucid.data.tables.table import Table
    from pellucid.layer import Layer


def table_of(source: Source) -> Table:
    """The table in the file, read once however many kinds of data look at it."""
    from pellucid.data.base.preparation import Reading
    from pellucid.data.tables.labelled_lines import read_text_table

    reading = Reading.from_settings(source.given)
    table: Table = source.once("table", lambda: read_text_table(source.path, reading, strict=False))
    return table


class TableOptions(RowOptions, PlanOptions, TestOptions, CategoryOptions, DateOptions, ReadingOptions):
    """What tables take."""


class Tables(KindOfData[TableOptions]):
    """Files of rows and columns: CSV, TSV, JSON, Excel, Parquet, Arrow."""

    name = "table"
    what = "tables"
    options = TableOptions
    tasks = ("auto", "classification", "regression", "reconstruction")
    network = "ensemble"

    def recognises(self, source: Source) -> bool:
        """Any file, there or not: reading it says what is wrong."""
        return not source.path.is_dir() and (bool(source.path.suffix) or source.is_there)

    def load(self, source: Source, options: TableOptions, task: str, seed: int) -> Dataset:
        from pellucid.data.tables.dataset import dataset_from_table
        from pellucid.data.tables.table import read_table

        table = table_of(source)
        table = table.with_target(options.target or table.target).without(options.leave_out).with_dates(options.dates)
        test = None if options.test is None else read_table(options.test, **vars(options.reading()))
        return dataset_from_table(
            table,
            task=task,
            seed=seed,
            categorical=options.categorical,
            test=test,
            prepare=options.plan(),
            log_target=options.log_target,
            drop_missing_target=options.drop_missing_target,
        )

    def preparations(self) -> tuple[type[Preparation], ...]:
        from pellucid.data.tables.preparation import Preprocessing

        return (Preprocessing,)

    def augmentations(self) -> tuple[Augmentation, ...]:
        return (Augmentation("swap", _swap_noise, RowLayout, float, "0.1"),)


def _swap_noise(rate: float) -> Layer:
    from pellucid.layers import SwapNoise

    return SwapNoise(rate)
