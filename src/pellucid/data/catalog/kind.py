"""Data sets that have a name, as a kind of data: they are read as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid.data.base.kind import KindOfData
from pellucid.data.base.source import Source
from pellucid.data.tables.options import PlanOptions

if TYPE_CHECKING:
    from pellucid.data.base.dataset import Dataset
    from pellucid.data.base.preparation import Preparation


class Named(KindOfData[PlanOptions]):
    """Data sets that have a name. Their inputs are prepared as those of another kind are: a table's, a text's."""

    name = "known"
    what = "data sets with a name"
    options = PlanOptions
    tasks = ("auto", "reconstruction")

    def recognises(self, source: Source) -> bool:
        from pellucid.data.catalog.registry import DATASETS

        return source.name in DATASETS

    def load(self, source: Source, options: PlanOptions, task: str, seed: int) -> Dataset:
        from pellucid.data.catalog.registry import load_dataset

        return load_dataset(source.name, seed, prepare=options.plan())

    def preparations(self) -> tuple[type[Preparation], ...]:
        return ()
