"""The target columns of a table as the numbers that a network learns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pellucid.data.base.targets import (
    AmountsTarget,
    ClassTarget,
    InputsTarget,
    LabelsTarget,
    NumberTarget,
    TableTarget,
)
from pellucid.data.files.missing import MISSING
from pellucid.data.tables.columns import as_numbers, as_words, share_of_numbers
from pellucid.data.tables.table import Table
from pellucid.errors import DataError, UnknownNameError

if TYPE_CHECKING:
    import polars as pl


def fit_target(table: Table, task: str, rows: np.ndarray, *, log: bool = False) -> TableTarget:
    """The classes of the whole table, or the scale of the amounts in its training ``rows``; or its inputs.

    ``log`` learns the logarithms of amounts. Raises DataError for amounts that have none.
    """
    if log and task != "regression":
        raise DataError(f"log_target is for regression, and this is {task}: leave it out")
    if task == "reconstruction":
        return InputsTarget(table.target)
    if task == "multi-label":
        return LabelsTarget(tuple(fit_classes(table, name) for name in table.targets))
    if task == "classification":
        return fit_classes(table, str(table.target))
    amounts = tuple(_fit_amounts(table, name, rows, log) for name in table.targets)
    return amounts[0] if len(amounts) == 1 else AmountsTarget(amounts)


def _fit_amounts(table: Table, name: str, rows: np.ndarray, log: bool) -> NumberTarget:
    amounts = as_numbers(table, name)
    shift = (0.0 if amounts.min() > 0 else 1.0) if log else None
    return NumberTarget.fit(name, amounts[rows], shift)


def fit_classes(table: Table, name: str) -> ClassTarget:
    """The classes of a column, each as it is most often written."""
    return ClassTarget(name, tuple(_most_written(table, name)["word"].to_list()))


def _most_written(table: Table, name: str) -> pl.DataFrame:
    """What is different in a column, "cell", in order, and how each is most often written, "word"."""
    import polars as pl

    cells = target_cells(table, name)
    written = pl.DataFrame([cells.alias("cell"), written_cells(table, name).alias("word")])
    counts = written.group_by("cell", "word").len().sort("cell", "len", "word", descending=[False, True, False])
    return counts.group_by("cell", maintain_order=True).first().select("cell", "word")


def labels_as_written(table: Table, name: str) -> tuple[str, ...]:
    """The class of each row, each as it is most often written."""
    spelled = _most_written(table, name)
    return tuple(target_cells(table, name).replace_strict(spelled["cell"], spelled["word"]).to_list())


def encode_target(target: TableTarget, table: Table) -> tuple[np.ndarray, tuple[str, ...]]:
    """y of the target columns of any table, and notes.

    Labels, int32, (B,); amounts, float32, (B, K) for K columns; of several labels 0 or 1, float32, (B, K).
    A full stop behind a known class is ignored (the test part of the Adult census has it).
    Raises DataError for a class not seen in training, a missing value or no number; UnknownNameError without the
    column.
    """
    if isinstance(target, (AmountsTarget, LabelsTarget)):
        parts = [encode_target(part, table) for part in target.targets]
        y = np.stack([part.reshape(-1) for part, _ in parts], axis=1).astype(np.float32)
        return y, tuple(note for _, notes in parts for note in notes)
    if isinstance(target, InputsTarget):
        raise DataError("inputs are their own target: there is nothing to encode")
    cells = target_cells(table, target.name)
    if isinstance(target, NumberTarget):
        return target.encode(as_numbers(table, target.name)), ()
    return _encode_classes(target, table, cells)


def _encode_classes(target: ClassTarget, table: Table, cells: pl.Series) -> tuple[np.ndarray, tuple[str, ...]]:
    import polars as pl

    labels, written, found, notes = _labels(target), written_cells(table, target.name), {}, []
    for word in written.unique().sort().to_list():
        name = word if word in labels else _canonical(word)
        if name not in labels and name.rstrip(".") in labels:
            notes.append(f"{target.name}: {name!r} taken as {name.rstrip('.')!r}")
            name = name.rstrip(".")
        if name not in labels:
            row = int((written == word).arg_max() or 0)
            raise DataError(
                f"{table.at(row)}: the target {target.name!r} is {word!r}, a class not seen in training; "
                f"the classes are {', '.join(target.classes)}"
            )
        found[word] = labels[name]
    y = written.replace_strict(list(found), list(found.values()), return_dtype=pl.Int32)
    return y.to_numpy(), tuple(notes)


def _labels(target: ClassTarget) -> dict[str, int]:
    """The label of each class as it is written, and as it may be written otherwise where only one is meant so."""
    others: dict[str, list[int]] = {}
    for name, label in target.labels.items():
        others.setdefault(_canonical(name), []).append(label)
    return {name: labels[0] for name, labels in others.items() if len(labels) == 1} | target.labels


def _canonical(word: str) -> str:
    """One spelling for numbers of one size, and for true and false: 01 and 1.0 are 1."""
    try:
        return class_name(float(word))
    except (ValueError, OverflowError):
        return word.lower() if word.lower() in ("true", "false") else word


def class_name(cell: Any) -> str:
    """Words as they are; whole numbers without a point, so that 1 and 1.0 are one class."""
    if isinstance(cell, str):
        return cell
    return str(int(cell)) if cell == int(cell) else str(cell)


def written_cells(table: Table, name: str) -> pl.Series:
    """The cells of a column as a person would write them: text as it is in the file, whole numbers without a point."""
    import polars as pl

    column = table.frame[name]
    if column.dtype.is_numeric():
        return pl.Series(name, list(map(class_name, as_numbers(table, name).tolist())), dtype=pl.String)
    return column.cast(pl.String)


def target_cells(table: Table, name: str) -> pl.Series:
    """The column to predict: Float64 where every cell is a number, else words.

    Raises DataError where one is missing, UnknownNameError without such a column.
    """
    import polars as pl

    if name not in table.columns:
        raise UnknownNameError(f"column of {table.name}", name, table.columns)
    numbers = share_of_numbers(table.frame[name], table.format_of(name)) == 1
    cells = pl.Series(name, as_numbers(table, name)) if numbers else as_words(table, name)
    missing = cells.is_nan() if numbers else cells.is_null()
    if missing.any():
        row = int(missing.arg_max() or 0)
        marks = ", ".join(mark for mark in MISSING if mark)
        raise DataError(
            f"{table.at(row)}: the target {name!r} is missing (empty, or marked so, as by {marks}): fill it in or "
            "remove the row, or leave such rows out (drop_missing_target); if a mark is meant as a class, write the "
            "class differently"
        )
    return cells


def drop_missing(table: Table, targets: Sequence[str]) -> Table:
    """The rows that have all targets, with a note on the others. Raises DataError where none is left."""
    import polars as pl

    there = [name for name in targets if name in table.columns]
    complete = table.frame.select(pl.all_horizontal(pl.col(there).is_not_null())).to_series().to_numpy()
    return table.where(complete, f"lack the target {', '.join(targets)!r}") if there else table
