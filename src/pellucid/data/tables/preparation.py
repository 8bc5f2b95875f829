"""From the cells of a table to the numbers a network takes, fitted on the training rows only."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np

from pellucid.data.base.layout import RowLayout
from pellucid.data.base.preparation import Inputs, Preparation, Reading
from pellucid.data.base.targets import TableTarget
from pellucid.data.messages import ColumnNote, sentences
from pellucid.data.preparation.plan import StepChoice
from pellucid.data.preparation.rotation import Rotation, describe_rotation, restore_rotation, rotation_arrays
from pellucid.data.preparation.scaling import Scaling
from pellucid.data.serialization import STRICT
from pellucid.data.tables.categories import MOST_CATEGORIES, Categories
from pellucid.data.tables.columns import as_numbers, as_words
from pellucid.data.tables.dates import DateColumn, fit_dates, with_parts
from pellucid.data.tables.memory import describe_table, table_in_memory
from pellucid.data.tables.number_formats import NumberFormat
from pellucid.data.tables.selection import select_columns
from pellucid.data.tables.table import Table, read_table
from pellucid.data.tables.targets import fit_target
from pellucid.errors import DataError

MANY = f"only the {MOST_CATEGORIES} most frequent categories are kept, the rest are 'other'"


@dataclass(frozen=True)
class Preprocessing(Preparation):
    """How columns become x and the target becomes y. Plain values: stored as JSON with a run, never pickled.

    ``numbers`` scales the columns of numbers, which come first in x, and ``rotation``, where there is one, decorrelates
    or whitens what was scaled; after them come ``categories``, the columns of words. ``left_out`` names the columns
    that were of no use, and ``notes`` says why. ``order`` names the columns it takes as they
    stood in the table, where that is known. ``dates`` are the columns whose parts are among the numbers; ``formats``
    say how numbers are written.
    """

    numbers: Scaling
    categories: tuple[Categories, ...]
    target: TableTarget
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    rotation: Rotation | None = None
    order: tuple[str, ...] = ()
    dates: tuple[DateColumn, ...] = ()
    formats: tuple[NumberFormat, ...] = ()
    kind: ClassVar[str] = "table"
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        names = self._names
        if not names or len(set(names)) != len(names):
            raise DataError(f"preprocessing needs columns that differ, not {list(names)}")
        if sorted(self.columns) != sorted(names):
            raise DataError(f"order names the columns of numbers and of categories, not {list(self.order)}")

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns it takes, in the order of the table where that is known."""
        return self.order or self._names

    @property
    def _names(self) -> tuple[str, ...]:
        """The names of the columns of numbers, of dates, and of words."""
        parts = {feature for column in self.dates for feature in column.features}
        numbers = (name for name in self.numbers.names if name not in parts)
        return (*numbers, *(column.name for column in self.dates), *(column.name for column in self.categories))

    @property
    def features(self) -> tuple[str, ...]:
        """The names of the columns of x: a number's own, or of its component; ``name=value`` for each category."""
        numbers = self.numbers.names
        if self.rotation is not None and not self.rotation.keeps_columns:
            numbers = tuple(f"component_{k + 1}" for k in range(*self.rotation.outputs))
        return (*numbers, *(feature for column in self.categories for feature in column.features))

    @property
    def columns_in_x(self) -> dict[str, list[tuple[str, int]]]:
        sources = {feature: column.name for column in self.dates for feature in column.features}
        sources |= {feature: column.name for column in self.categories for feature in column.features}
        places: dict[str, list[tuple[str, int]]] = {}
        for index, feature in enumerate(self.features):
            places.setdefault(sources.get(feature, feature), []).append(("", index))
        return places

    @property
    def scaled_columns(self) -> Scaling | None:
        return self.numbers if self.rotation is None else None

    @property
    def layout(self) -> RowLayout:
        return RowLayout(len(self.features))

    @classmethod
    def fit(
        cls,
        table: Table,
        task: str,
        rows: np.ndarray | None = None,
        *,
        categorical: Sequence[str] = (),
        prepare: StepChoice | str = "auto",
        log_target: bool = False,
    ) -> Self:
        """Fitted on the rows that train; what a column means is told from the whole table.

        Dates become numbers: year, month, day, weekday, hour, and days since the first. Columns of no use are left out,
        with a note.

        Args:
            table: the columns, its target among them.
            task: "classification", "regression" or "reconstruction".
            rows: those that train; None: all.
            categorical: names of columns of numbers to take as categories.
            prepare: the step that prepares columns of numbers; "auto" is to normalise them.
            log_target: whether the logarithms of amounts are learnt.

        Returns:
            The preparation.

        Raises:
            DataError: for a column that cannot be used as it is and where none is left.
            UnknownNameError: for a categorical column that is not there.
        """
        rows = np.arange(len(table)) if rows is None else rows
        raw, (dates, of_no_use, said) = table, fit_dates(table, rows, categorical)
        table = with_parts(table, dates)
        chosen = select_columns(table, rows, categorical, of_no_use)
        numbers = np.empty((len(rows), len(chosen.numbers)))
        for i, column in enumerate(chosen.numbers.values()):
            numbers[:, i] = column
        categories = tuple(Categories.fit(name, column) for name, column in chosen.words.items())
        notes = (
            *chosen.notes(),
            *said,
            *sentences((MANY, words.name) for words in categories if words.other),
        )
        prepare = StepChoice.of(prepare)
        if prepare.rotates and not chosen.numbers:
            raise DataError(f"{table.name} has no column of numbers to {prepare.step}: leave it out")
        scaling = prepare.scaling(Scaling.fit(tuple(chosen.numbers), numbers))
        rotation = prepare.rotation(scaling.apply(numbers))
        if chosen.numbers:
            notes += (prepare.advice("tables"), *(rotation.notes if rotation else ()))
        target = fit_target(table, task, rows, log=log_target)
        taken = {*chosen.numbers, *chosen.words, *(column.name for column in dates)}
        order = tuple(name for name in raw.columns if name in taken)
        formats = tuple(form for form in table.formats if form.name in chosen.numbers)
        left_out = tuple(chosen.left_out)
        return cls(scaling, categories, target, left_out, notes, rotation, order, dates, formats)

    def read(self, path: Path, reading: Reading) -> Inputs:
        return self._inputs(read_table(path, **vars(reading)))

    def prepare(self, data: Any, reading: Reading) -> Inputs:
        table = table_in_memory(data, reading.missing, self.columns)
        if table is None:
            raise self.refusal(data)
        return self._inputs(table)

    @property
    def wanted(self) -> str:
        return describe_table(self.columns)

    def _inputs(self, table: Table) -> Inputs:
        x, notes = self.transform(table)
        return Inputs(x, None, (*table.notes, *notes))

    def transform(self, table: Table) -> tuple[np.ndarray, tuple[str, ...]]:
        """x, float32, (B, D), of any table with the same columns; and notes on what was filled in, unseen or ignored.

        Raises DataError for a column that is missing, and for words or infinity where numbers are needed.
        """
        self._check_columns(table)
        table = with_parts(table.with_formats(self.formats), self.dates)
        remarks: list[ColumnNote] = []
        numbers = np.empty((len(table), len(self.numbers.names)))
        for i, name in enumerate(self.numbers.names):
            numbers[:, i] = as_numbers(table, name)
            if missing := int(np.isnan(numbers[:, i]).sum()):
                remarks.append(("missing, filled with the median", f"{name} ({missing} with {self.numbers.fill[i]:g})"))
        parts = [self.prepare_numbers(numbers)]
        for column in self.categories:
            part, said = column.apply(as_words(table, column.name))
            parts.append(part)
            remarks.extend(said)
        known = {*self.columns, *self.numbers.names, *self.left_out, *self.target.columns}
        remarks.extend(("not seen in training, ignored", name) for name in table.columns if name not in known)
        return np.concatenate(parts, axis=1), sentences(remarks)

    def prepare_numbers(self, numbers: np.ndarray) -> np.ndarray:
        """The columns of numbers (B, D), NaN where one is missing, as they stand in x: float32."""
        scaled = self.numbers.apply(numbers)
        return scaled if self.rotation is None else self.rotation.apply(scaled)

    def _check_columns(self, table: Table) -> None:
        there = set(table.columns)
        if missing := [name for name in self.columns if name not in there]:
            near = get_close_matches(missing[0], table.columns, n=1)
            hint = f" (is {near[0]!r} meant to be {missing[0]!r}?)" if near else ""
            raise DataError(f"{table.name} lacks columns that the network was trained on: {', '.join(missing)}{hint}")

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, texts and numbers, for JSON; ``from_dict`` reads them back, equal to the last bit.

        Of a rotation all but its matrices, which ``arrays`` gives. Without dates and formats as it was before there
        were any.
        """
        values: dict[str, Any] = {"kind": self.kind, **json.loads(json.dumps(asdict(replace(self, rotation=None))))}
        del values["rotation"]
        values = {name: value for name, value in values.items() if value or name not in ("dates", "formats")}
        return values if self.rotation is None else {**values, "rotation": describe_rotation(self.rotation)}

    def arrays(self) -> dict[str, np.ndarray]:
        """The matrices of the rotation by name; none without one."""
        return {} if self.rotation is None else rotation_arrays(self.rotation)

    @classmethod
    def from_dict(cls, values: Any, arrays: Mapping[str, np.ndarray] | None = None) -> Self:
        if not isinstance(values, dict) or "rotation" not in values:
            return super().from_dict(values)
        restored = super().from_dict({name: value for name, value in values.items() if name != "rotation"})
        rotation = restore_rotation(values["rotation"], arrays or {}, len(restored.numbers.names))
        return replace(restored, rotation=rotation)
