"""Labels of files from a table: a column of their names, and one of what is to be learnt of each."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from pellucid.data.base.preparation import Reading
from pellucid.data.files.folders import Found
from pellucid.data.files.labels import Labelled, Labelling, label_by_folder, label_by_name
from pellucid.data.files.parts import find_parts
from pellucid.data.messages import name_some, with_count
from pellucid.data.tables.columns import as_numbers, as_words
from pellucid.data.tables.table import Table, read_table
from pellucid.data.tables.targets import class_name, drop_missing, target_cells
from pellucid.data.tables.task import choose_task
from pellucid.errors import ConfigError, DataError


def choose_labelling(
    label_from: str | None,
    labels: str | os.PathLike[str] | None,
    target: str | None = None,
    task: str = "auto",
    reading: Reading | None = None,
    drop_missing_target: bool = False,
) -> Labelling:
    """How files get their labels: from a table, from their names, or else from their folders.

    Args:
        label_from: a pattern of file names that holds the class.
        labels: the path of a table, from here or from the folder of the files.
        target: its column of labels; None takes the last beside the names.
        task: "auto", "classification" or "regression"; the last is for tables alone.
        reading: how the table is read.
        drop_missing_target: whether rows of the table without a label are left out, with their files; else one is an
            error.

    Returns:
        What says the label of each file.

    Raises:
        ConfigError: for a table and a pattern at once, and for what is for tables alone without one.
    """
    if labels is not None:
        if label_from is not None:
            raise ConfigError("labels come from a table or from the names of files: give labels or label_from")
        return partial(_label_by_table, Path(labels), target, task, reading or Reading(), drop_missing_target)
    if target is not None or task == "regression" or drop_missing_target:
        what = "regression" if task == "regression" else "drop_missing_target"
        what = what if target is None else f"the target {target!r}"
        raise ConfigError(f"{what} needs a table of labels beside the files: name it by --labels")
    return label_by_folder if label_from is None else label_by_name(label_from)


def _label_by_table(
    path: Path, target: str | None, task: str, reading: Reading, drop_missing_target: bool, found: Found
) -> Labelled:
    """Each file's label in a row that names it, by its path in the folder, its name, or its name without ending."""
    table = _read(path, reading, found)
    column, files = _find_files(table, found)
    others = [name for name in table.columns if name != column]
    if not others or target == column:
        raise DataError(f"{table.name} needs a column of labels beside the names of files in {column!r}")
    name = target or others[-1]
    table = table.with_target(name)
    if drop_missing_target:
        files = [file for file, cell in zip(files, table.frame[name], strict=True) if cell is not None]
        table = drop_missing(table, table.targets)
    rows, said = _one_row_each(table, column, name, files)
    beside = found.left_out.get(f"no {found.kind.what}", ())
    left = {**found.left_out, f"no {found.kind.what}": [file for file in beside if file.name != table.name]}
    missing = [file for file in found.files if file not in rows]
    what = " with a label" if drop_missing_target else ""
    found = replace(found, left_out=left).without(f"in no row of {table.name}{what}", missing)
    found, parts = find_parts(found, classes=False)
    order = np.array([rows[file] for file in found.files])
    table = replace(table, frame=table.frame[order], lines=table.lines[order])
    task, reason = choose_task(table, task)
    cells = target_cells(table, name)
    unused = [other for other in others if other != name]
    notes = [f"labels from {table.name}: files by {column!r}, {task} of {name!r}: {reason}", *table.notes, *said]
    notes += [f"{table.name}: columns not used: {', '.join(unused)}"] if unused else []
    if task == "regression":
        return Labelled(found, (), as_numbers(table, name), parts, name, notes=tuple(notes))
    return Labelled(found, tuple(map(class_name, cells.to_list())), None, parts, name, notes=tuple(notes))


def _read(path: Path, reading: Reading, found: Found) -> Table:
    place = path if path.is_file() or not (found.root / path).is_file() else found.root / path
    return read_table(place, header=reading.header, missing=reading.missing, encoding=reading.encoding)


def _find_files(table: Table, found: Found) -> tuple[str, list[Path | None]]:
    """The column with most names of files, and the file that each row names. Raises DataError where there is none."""
    known = _names(found)
    columns = {name: [known.get(_spell(cell)) for cell in as_words(table, name)] for name in table.columns}
    best = max(columns, key=lambda name: sum(file is not None for file in columns[name]))
    if not any(columns[best]):
        raise DataError(
            f"{table.name} has no column that names files in {found.root}, such as {found.files[0].name}: one column "
            "holds their names, or their paths in the folder"
        )
    return best, columns[best]


def _names(found: Found) -> dict[str, Path]:
    """The file that each name stands for; names that several files bear are left out."""
    ways = []
    for file in found.files:
        inside = file.relative_to(found.root)
        spelled = (inside, Path(found.root.name) / inside, inside.with_suffix(""), Path(file.name), Path(file.stem))
        ways += [(name, file) for name in dict.fromkeys(_spell(way.as_posix()) for way in spelled)]
    counts = Counter(name for name, _ in ways)
    exact = {_spell(file.relative_to(found.root).as_posix()): file for file in found.files}
    return {name: file for name, file in ways if counts[name] == 1} | exact


def _spell(cell: str | None) -> str:
    return (cell or "").replace("\\", "/").removeprefix("./").lower()


def _one_row_each(
    table: Table, column: str, name: str, files: Sequence[Path | None]
) -> tuple[dict[Path, int], list[str]]:
    """The row of each file; notes on rows without a file. Raises DataError where a file has two labels."""
    labels = as_words(table, name).to_list()
    rows: dict[Path, int] = {}
    again = 0
    for row, file in enumerate(files):
        if file is None:
            continue
        first = rows.setdefault(file, row)
        again += first != row
        if labels[first] != labels[row]:
            raise DataError(
                f"{table.at(row)}: {file.name} is {labels[row]!r}, but {labels[first]!r} in {table.unit} "
                f"{table.lines[first]}: keep one of them"
            )
    cells = as_words(table, column).to_list()
    lost = [f"{cells[row]} ({table.unit} {table.lines[row]})" for row, file in enumerate(files) if file is None]
    notes = [f"{table.name}: {with_count(len(lost), 'row')} without a file here: {name_some(lost)}"] if lost else []
    notes += [f"{table.name}: {with_count(again, 'row')} for a file that has one already"] if again else []
    return rows, notes
