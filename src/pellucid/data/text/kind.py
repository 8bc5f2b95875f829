"""Texts as a kind of data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from pellucid.data.base.kind import KindOfData
from pellucid.data.base.options import FolderOptions
from pellucid.data.base.source import Source
from pellucid.data.tables.options import ReadingOptions

if TYPE_CHECKING:
    from pellucid.data.base.dataset import Dataset
    from pellucid.data.base.preparation import Preparation


class TextOptions(FolderOptions, ReadingOptions):
    """What texts take."""

    text: str | None = Field(default=None, description="The column of texts, for a table.")
    level: Literal["word", "character"] = Field(default="word", description="Texts by word or by character.")
    features: Literal["sequence", "bag"] | None = Field(default=None, description="sequence or bag of a text.")
    vocabulary: int | None = Field(default=None, ge=1, description="Most words or characters to know.")
    length: int | None = Field(default=None, ge=1, description="Words or characters of a text.")


class Text(KindOfData[TextOptions]):
    """Texts: class folders of files, a column of a table, lines of label and text."""

    name = "text"
    what = "texts"
    options = TextOptions
    tasks = ("auto", "classification", "regression")

    @property
    def endings(self) -> tuple[str, ...]:
        from pellucid.data.text.files import ENDINGS

        return ENDINGS

    def holds(self, file: Path) -> bool:
        from pellucid.data.text.files import is_text

        return is_text(file)

    def recognises(self, source: Source) -> bool:
        """Whether a table has a column of texts: the one named, or one beside which there is only the target."""
        from pellucid.data.tables.kind import table_of
        from pellucid.data.text.tables import find_text_column

        if source.path.is_dir():
            return False
        if source.given.get("text") is not None:
            return True
        table = table_of(source)
        return find_text_column(table, source.given.get("target") or table.target) is not None

    def load(self, source: Source, options: TextOptions, task: str, seed: int) -> Dataset:
        from pellucid.data.text.dataset import dataset_from_texts

        return dataset_from_texts(
            source.path,
            text=options.text,
            target=options.target,
            level=options.level,
            features=options.features or "sequence",
            vocabulary=options.vocabulary,
            length=options.length,
            label_from=options.label_from,
            labels=options.labels,
            task=task,
            drop_missing_target=options.drop_missing_target,
            test=options.test,
            reading=options.reading(),
            seed=seed,
        )

    def preparations(self) -> tuple[type[Preparation], ...]:
        from pellucid.data.text.bag import TextBag
        from pellucid.data.text.sequence import TextSequence

        return TextSequence, TextBag
