"""The target column of a table as the numbers that a network learns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pellucid.data.base.targets import ClassTarget, InputsTarget, NumberTarget, TableTarget
from pellucid.data.files.missing import MISSING
from pellucid.data.tables.columns import as_numbers, as_words, share_of_numbers
from pellucid.data.tables.table import Table
from pellucid.errors import DataError, UnknownNameError

if TYPE_CHECKING:
    import polars as pl


def fit_target(table: Table, task: str, rows: np.ndarray) -> TableTarget:
    """The classes of the whole table, or the scale of the amounts in its training ``rows``; or its inputs."""
    if task == "reconstruction":
        return InputsTarget(table.target)
    if task == "classification":
        return fit_classes(table)
    name = str(table.target)
    return NumberTarget.fit(name, as_numbers(table, name)[rows])


def fit_classes(table: Table) -> ClassTarget:
    """The classes of the table's target."""
    cells = target_cells(table, str(table.target))
    return ClassTarget(str(table.target), tuple(map(class_name, cells.unique().sort().to_list())))


def encode_target(target: ClassTarget | NumberTarget, table: Table) -> tuple[np.ndarray, tuple[str, ...]]:
    """y of the column ``target.name`` of any table, and notes: labels, int32, (B,), or amounts, float32, (B, 1).

    A full stop behind a known class is ignored (the test part of the Adult census has it).
    Raises DataError for a class not seen in training, a missing value or no number; UnknownNameError without the
    column.
    """
    cells = target_cells(table, target.name)
    if isinstance(target, NumberTarget):
        return target.encode(as_numbers(table, target.name)), ()
    return _encode_classes(target, table, cells)


def _encode_classes(target: ClassTarget, table: Table, cells: pl.Series) -> tuple[np.ndarray, tuple[str, ...]]:
    import polars as pl

    labels, found, notes = target.labels, {}, []
    for cell in cells.unique().sort().to_list():
        name = class_name(cell)
        if name not in labels and name.rstrip(".") in labels:
            notes.append(f"{target.name}: {name!r} taken as {name.rstrip('.')!r}")
            name = name.rstrip(".")
        if name not in labels:
            row = int((cells == cell).arg_max() or 0)
            raise DataError(
                f"{table.at(row)}: the target {target.name!r} is {name!r}, a class not seen in training; "
                f"the classes are {', '.join(target.classes)}"
            )
        found[cell] = labels[name]
    y = cells.replace_strict(list(found), list(found.values()), return_dtype=pl.Int32)
    return y.to_numpy(), tuple(notes)


def class_name(cell: Any) -> str:
    """Words as they are; whole numbers without a point, so that 1 and 1.0 are one class."""
    if isinstance(cell, str):
        return cell
    return str(int(cell)) if cell == int(cell) else str(cell)


def target_cells(table: Table, name: str) -> pl.Series:
    """The column to predict: Float64 where every cell is a number, else words.

    Raises DataError where one is missing, UnknownNameError without such a column.
    """
    import polars as pl

    if name not in table.columns:
        raise UnknownNameError(f"column of {table.name}", name, table.columns)
    numbers = share_of_numbers(table.frame[name]) == 1
    cells = pl.Series(name, as_numbers(table, name)) if numbers else as_words(table, name)
    missing = cells.is_nan() if numbers else cells.is_null()
    if missing.any():
        row = int(missing.arg_max() or 0)
        marks = ", ".join(mark for mark in MISSING if mark)
        raise DataError(
            f"{table.at(row)}: the target {name!r} is missing (empty, or marked so, as by {marks}): fill it in or "
            "remove the row; if a mark is meant as a class, write the class differently"
        )
    return cells
