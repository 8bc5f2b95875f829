"""The data set of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pellucid.data.base.dataset import Dataset, Split
from pellucid.data.base.splits import FRACTIONS, split
from pellucid.data.preparation.plan import StepChoice
from pellucid.data.tables.preparation import Preprocessing
from pellucid.data.tables.table import Table
from pellucid.data.tables.targets import encode_target, fit_classes
from pellucid.data.tables.task import choose_task


def dataset_from_table(
    table: Table,
    *,
    task: str = "auto",
    seed: int = 0,
    fractions: Sequence[float] = FRACTIONS,
    test: Table | None = None,
    categorical: Sequence[str] = (),
    prepare: StepChoice | str = "auto",
) -> Dataset:
    """The data set of a table, split (stratified for classification) and prepared.

    ``table.target`` is predicted; where it is None, the last column. ``task`` is "auto", "classification",
    "regression", or "reconstruction", for which all columns but ``table.target``, if there is one, are inputs.
    ``fractions`` go to training, validation and test; with a ``test`` table of its own the first two share the rows.
    ``categorical`` names columns of numbers to take as categories. ``prepare`` is the step that prepares numbers,
    "raw" to "whiten", or a ``StepChoice``; "auto" is "normalise".
    Raises DataError for data that cannot be used, UnknownNameError for a task or column that is not there.
    """
    if table.target is None and task != "reconstruction":
        last = table.columns[-1]
        note = f"no target was named: the last column, {last!r}, is predicted"
        table = replace(table, target=last, notes=(*table.notes, note))
    task, reason = choose_task(table, task)
    labels, rare = _labels(table) if task == "classification" else (None, ())
    if test is not None:
        fractions = [fraction / sum(fractions[:2]) for fraction in fractions[:2]]
    train, validation, *rest = split(len(table), fractions, seed=seed, stratify=labels)
    preprocessing = Preprocessing.fit(table, task, train, categorical=categorical, prepare=prepare)
    whole, notes = _prepare(preprocessing, table)
    if test is None:
        test_part = whole.take(rest[0])
    else:
        test_part, said = _prepare(preprocessing, test)
        notes += tuple(f"{test.name}: {note}" for note in (*test.notes, *said))
    notes = (*table.notes, f"{task}: {reason}", *preprocessing.notes, *rare, *notes)
    return Dataset(table.name, whole.take(train), whole.take(validation), test_part, preprocessing, notes)


def _prepare(preprocessing: Preprocessing, table: Table) -> tuple[Split, tuple[str, ...]]:
    x, notes = preprocessing.transform(table)
    if preprocessing.target.task == "reconstruction":
        return Split(x, x), notes
    y, more = encode_target(preprocessing.target, table)
    return Split(x, y), (*notes, *more)


def _labels(table: Table) -> tuple[np.ndarray, tuple[str, ...]]:
    """The labels of all rows, and a note on classes with too few rows to be in all three parts."""
    target = fit_classes(table)
    labels, _ = encode_target(target, table)
    return labels, target.note_rare(labels)
