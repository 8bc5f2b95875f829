"""Data ready to train on: three parts, scaled by what the training part looks like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from pellucid.data.base.preparation import Preparation
from pellucid.data.base.splits import FRACTIONS, split
from pellucid.data.base.targets import ClassTarget, InputsTarget
from pellucid.data.preparation.plan import StepChoice
from pellucid.data.tables.preparation import Preprocessing
from pellucid.data.tables.table import Table
from pellucid.data.tables.task import choose_task, giving_back
from pellucid.trees import count_examples, items, tree_map


@dataclass(frozen=True, eq=False)
class Split:
    """Inputs and targets of one part; ``x, y = split`` unpacks it, ``len`` is the number of rows.

    x is float32, (B, D) for tables and images, (B, T) or (B, T, D) for sequences; or a dict of arrays. y is int32
    labels, (B,), for classification; float32, (B, 1), for regression, scaled to mean 0 and standard deviation 1 over
    the training part (``preprocessing.target.decode`` turns it back); x itself for reconstruction.
    """

    x: Any
    y: Any

    def __iter__(self) -> Iterator[Any]:
        yield self.x
        yield self.y

    def __len__(self) -> int:
        return count_examples(self.x)

    def __repr__(self) -> str:
        x, y = (", ".join(f"{path} {leaf.shape}".lstrip() for path, leaf in items(tree)) for tree in self)
        return f"Split(x {x}, y {y})"

    def take(self, rows: np.ndarray) -> Split:
        """The examples with these row numbers; of neighbours in their order a view, not a copy."""
        neighbours = len(rows) > 0 and bool((np.diff(rows) == 1).all())
        place = slice(rows[0], rows[-1] + 1) if neighbours else rows
        return Split(*(tree_map(lambda leaf: leaf[place], tree) for tree in self))


@dataclass(frozen=True, eq=False)
class Dataset:
    """A data set in three parts, and how to bring new data into the same form.

    ``notes`` says in sentences what was decided and done on the way. ``image_shape`` is (H, W), or (H, W, C) in colour,
    where an example is an image.
    """

    name: str
    train: Split
    validation: Split
    test: Split
    preprocessing: Preparation = field(repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
    image_shape: tuple[int, ...] | None = None

    @property
    def task(self) -> str:
        """What it asks for: "classification", "regression" or "reconstruction"."""
        return self.preprocessing.target.task

    @property
    def features(self) -> tuple[str, ...]:
        """The names of the columns of x."""
        return self.preprocessing.features

    @property
    def target(self) -> str | None:
        """The name of what is predicted; for reconstruction, of the column that is not used, if there is one."""
        return self.preprocessing.target.name

    @property
    def classes(self) -> tuple[str, ...] | None:
        """The meaning of labels 0 .. K - 1; None where there are no classes."""
        return self.preprocessing.target.classes

    @property
    def outputs(self) -> int:
        """How many outputs a network for it has: one a class, 1 for regression, one a column for reconstruction."""
        return len(self.preprocessing.outputs)

    def as_reconstruction(self) -> Dataset:
        """The same inputs as their own targets, for an autoencoder: the target is not used."""
        train, validation, test = (Split(part.x, part.x) for part in (self.train, self.validation, self.test))
        preprocessing = self.preprocessing.with_target(InputsTarget(self.target))
        notes = (*self.notes, f"reconstruction: {giving_back(self.target)}")
        return Dataset(self.name, train, validation, test, preprocessing, notes, self.image_shape)


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
    whole, notes = _prepared(preprocessing, table)
    if test is None:
        test_part = whole.take(rest[0])
    else:
        test_part, said = _prepared(preprocessing, test)
        notes += tuple(f"{test.name}: {note}" for note in (*test.notes, *said))
    notes = (*table.notes, f"{task}: {reason}", *preprocessing.notes, *rare, *notes)
    return Dataset(table.name, whole.take(train), whole.take(validation), test_part, preprocessing, notes)


def _prepared(preprocessing: Preprocessing, table: Table) -> tuple[Split, tuple[str, ...]]:
    x, notes = preprocessing.transform(table)
    if preprocessing.target.task == "reconstruction":
        return Split(x, x), notes
    y, more = preprocessing.target.encode(table)
    return Split(x, y), (*notes, *more)


def _labels(table: Table) -> tuple[np.ndarray, tuple[str, ...]]:
    """The labels of all rows, and a note on classes with too few rows to be in all three parts."""
    target = ClassTarget.fit(table)
    labels, _ = target.encode(table)
    return labels, target.too_rare(labels)
