"""Which task: classification or regression, as the target column suggests, or reconstruction of the inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import numpy as np

from pellucid.data.base.targets import InputsTarget
from pellucid.data.tables.columns import MOSTLY, as_words, share_of_numbers
from pellucid.data.tables.number_formats import mixed_formats
from pellucid.data.tables.table import Table
from pellucid.data.tables.targets import target_cells
from pellucid.errors import DataError, UnknownNameError

if TYPE_CHECKING:
    import polars as pl

TASKS = ("auto", "classification", "regression", "reconstruction")

MOST_CLASSES = 20
"""More different numbers than this are amounts, not classes."""

FEWEST_ROWS = 5
"""With fewer rows for each number than this, numbers are amounts."""


def infer_task(table: Table) -> tuple[str, str]:
    """("classification" or "regression", why), as the target column suggests.

    Words are classes. So are two different numbers, and up to 20 different whole numbers if there are at least 5 rows
    for each on average. All other numbers are amounts. Raises DataError for a missing target, and for numbers with a
    few words among them, which could be either.
    """
    cells = target_cells(table, str(table.target))
    different = cells.n_unique()
    what = f"the target {table.target!r} holds"
    if not cells.dtype.is_numeric():
        if share_of_numbers(cells, table.format_of(cells.name)) >= MOSTLY:
            _refuse_words(table, cells)
        return "classification", f"{what} words, {different} different ones"
    whole = _are_whole(cells)
    if different <= 2:
        return "classification", f"{what} {different} different numbers"
    if whole and different <= MOST_CLASSES and len(cells) >= FEWEST_ROWS * different:
        return "classification", f"{what} whole numbers, {different} different ones"
    return "regression", f"{what} {'whole numbers' if whole else 'numbers'}, {different} different ones"


def choose_task(table: Table, task: str = "auto") -> tuple[str, str]:
    """The task asked for, or for "auto" the one inferred, and why.

    Raises DataError where the target does not fit the task: one class only, nearly as many classes as rows,
    amounts where classes are needed, words where numbers are; UnknownNameError for another task.
    """
    if task not in TASKS:
        raise UnknownNameError("task", task, TASKS)
    if task == "reconstruction":
        return task, InputsTarget(table.target).reason
    if len(table.targets) > 1:
        return _choose_for_several(table, task)
    task, reason = infer_task(table) if task == "auto" else (task, "as requested")
    cells, what = target_cells(table, str(table.target)), f"{table.name}: the target {table.target!r}"
    different = cells.n_unique()
    if different == 1:
        raise DataError(f"{what} is {as_words(table, str(table.target))[0]!r} in every row: name another target")
    if task == "regression":
        if not cells.dtype.is_numeric():
            _refuse_words(table, cells)
    elif cells.dtype.is_numeric() and not _are_whole(cells) and different > MOST_CLASSES:
        raise DataError(f"{what} holds {different} different numbers with fractions: take the task regression")
    elif different > len(cells) / 2:
        if not cells.dtype.is_numeric() and (mixed := mixed_formats(cells)):
            raise DataError(f"{what} holds {mixed}")
        raise DataError(f"{what} has {different} classes in {len(cells)} rows: too few rows to learn from for each")
    return task, reason


def _choose_for_several(table: Table, task: str) -> tuple[str, str]:
    """ "multi-label" where every target has two classes, "regression" where all are amounts, and why."""
    cells = {name: target_cells(table, name) for name in table.targets}
    for name, column in cells.items():
        if column.n_unique() == 1:
            raise DataError(f"{table.name}: the target {name!r} is {column[0]!r} in every row: leave it out")
    if task != "regression" and all(column.n_unique() == 2 for column in cells.values()):
        return "multi-label", f"{len(cells)} targets of two values each, of which any may be true"
    for name, column in cells.items():
        if task == "classification" or not column.dtype.is_numeric():
            raise DataError(
                f"{table.name}: the target {name!r} holds {column.n_unique()} different "
                f"{'numbers' if column.dtype.is_numeric() else 'words'}; several targets are all amounts, or all have "
                "two values: name fewer"
            )
    return "regression", f"{len(cells)} targets, all of numbers"


def _refuse_words(table: Table, cells: pl.Series) -> NoReturn:
    """Name the first word among the numbers."""
    import polars as pl

    row = int(cells.cast(pl.Float64, strict=False).is_null().arg_max() or 0)
    raise DataError(
        f"{table.at(row)}: the target {cells.name!r} is {cells[row]!r}, but regression needs numbers: correct it, "
        "remove the row, or ask for classification"
    )


def _are_whole(cells: pl.Series) -> bool:
    numbers = cells.to_numpy()
    return bool((np.floor(numbers) == numbers).all())
