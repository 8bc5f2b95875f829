"""Tables of very many categories as a kind of data: numbers, and ids to embed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from pellucid.data.base.kind import KindOfData
from pellucid.data.base.options import MissingTargetOptions
from pellucid.data.base.source import Source
from pellucid.data.tables.options import CategoryOptions, ReadingOptions
from pellucid.errors import ConfigError

if TYPE_CHECKING:
    from pellucid.data.base.dataset import Dataset
    from pellucid.data.base.preparation import Preparation


class EmbeddedOptions(CategoryOptions, MissingTargetOptions, ReadingOptions):
    """What tables of very many categories take."""

    embed: Literal["frequent", "hash"] | None = Field(
        default=None, description="frequent or hash: how categories get ids, which are embedded."
    )
    at_least: int | None = Field(default=None, ge=1, description="Rows that a category of its own needs; 10.")
    buckets: int | None = Field(default=None, ge=1, description="Ids a column, for --embed hash; 1000.")
    log: bool = Field(default=False, description="Logarithms of numbers, for counts.")


class EmbeddedTables(KindOfData[EmbeddedOptions]):
    """Tables whose columns of categories become ids, each with a vector of weights."""

    name = "clicks"
    what = "tables of very many categories"
    options = EmbeddedOptions
    how = "choose a way to embed"

    def recognises(self, source: Source) -> bool:
        return source.given.get("embed") is not None and not source.path.is_dir()

    def load(self, source: Source, options: EmbeddedOptions, task: str, seed: int) -> Dataset:
        from pellucid.data.tables.embedded import AT_LEAST, BUCKETS, dataset_from_clicks
        from pellucid.data.tables.table import read_table

        for name, way in (("at_least", "frequent"), ("buckets", "hash")):
            if getattr(options, name) is not None and options.embed != way:
                raise ConfigError(f"{name} is for embed {way!r}, not {options.embed!r}: leave it out")
        return dataset_from_clicks(
            read_table(source.path, **vars(options.reading())).with_target(options.target),
            embed=str(options.embed),
            at_least=options.at_least or AT_LEAST,
            buckets=options.buckets or BUCKETS,
            log=options.log,
            categorical=options.categorical,
            drop_missing_target=options.drop_missing_target,
            seed=seed,
        )

    def preparations(self) -> tuple[type[Preparation], ...]:
        from pellucid.data.tables.embedded import ClickPreparation

        return (ClickPreparation,)
