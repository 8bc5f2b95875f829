"""The data set of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pellucid.data.base.dataset import Dataset, Split
from pellucid.data.base.splits import FRACTIONS, split
from pellucid.data.preparation.plan import StepChoice
from pellucid.data.tables.preparation import Preprocessing
from pellucid.data.tables.skew import advise_logarithm
from pellucid.data.tables.table import Table
from pellucid.data.tables.targets import drop_missing, encode_target, fit_classes
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
    log_target: bool = False,
    drop_missing_target: bool = False,
) -> Dataset:
    """The data set of a table, split (stratified for classification) and prepared.

    Args:
        table: its ``target`` is predicted; where that is None, the last column. Of several targets all are amounts, or
            all have two values.
        task: "auto" (by the target column, see ``infer_task``), "classification", "regression", or "reconstruction",
            whose inputs are all columns but the target, if there is one.
        seed: draws the rows of each part.
        fractions: of the rows, for training, validation and test; with a ``test`` table the first two share all rows.
        test: a table for the test part; None takes rows of ``table``.
        categorical: names of columns of numbers to take as categories.
        prepare: the step that prepares columns of numbers, "raw" to "whiten", or a ``StepChoice``; "auto" is
            "normalise".
        log_target: whether the logarithms of amounts are learnt; predictions are amounts all the same.
        drop_missing_target: whether rows without a target are left out; else one is an error.

    Returns:
        The data set; x is float32, (B, D), y labels (B,), scaled amounts (B, K) of K targets, of several labels 0 or 1
        (B, K), or x itself.

    Raises:
        DataError: for a table that cannot be used: a missing target, no useful column, too few rows.
        UnknownNameError: for a task or a column that is not there.
    """
    if table.target is None and task != "reconstruction":
        last = table.columns[-1]
        note = f"no target was named: the last column, {last!r}, is predicted"
        table = replace(table, target=last, notes=(*table.notes, note))
    tables = [part.where(*_with_cells(part)) for part in (table, test) if part is not None]
    if drop_missing_target and task != "reconstruction":
        tables = [drop_missing(part, table.targets) for part in tables]
    table, test = tables[0], tables[1].with_formats(tables[0].formats) if test is not None else None
    task, reason = choose_task(table, task)
    target = fit_classes(table, table.targets[0]) if task == "classification" else None
    labels = None if target is None else encode_target(target, table)[0]
    if test is not None:
        fractions = [fraction / sum(fractions[:2]) for fraction in fractions[:2]]
    train, validation, *rest = split(len(table), fractions, seed=seed, stratify=labels)
    rare = () if target is None or labels is None else target.note_rare(labels, (train, validation, *rest))
    preprocessing = Preprocessing.fit(
        table, task, train, categorical=categorical, prepare=prepare, log_target=log_target
    )
    whole, notes = _prepare(preprocessing, table)
    if test is None:
        test_part = whole.take(rest[0])
    else:
        test_part, said = _prepare(preprocessing, test)
        notes += tuple(f"{test.name}: {note}" for note in (*test.notes, *said))
    advice = advise_logarithm(table, train) if task == "regression" and not log_target else ()
    notes = (*table.notes, f"{task}: {reason}", *preprocessing.notes, *rare, *advice, *notes)
    parts = whole.take(train), whole.take(validation), test_part
    return Dataset(table.name, *parts, preprocessing, notes, missing=table.missing)


def _with_cells(table: Table) -> tuple[np.ndarray, str]:
    """Which rows hold anything, and what is said of the others."""
    import polars as pl

    return table.frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series().to_numpy(), "hold nothing"


def _prepare(preprocessing: Preprocessing, table: Table) -> tuple[Split, tuple[str, ...]]:
    x, notes = preprocessing.transform(table)
    if preprocessing.target.task == "reconstruction":
        return Split(x, x), notes
    y, more = encode_target(preprocessing.target, table)
    return Split(x, y), (*notes, *more)
