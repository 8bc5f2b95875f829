"""Data ready to train on: three parts, scaled by what the training part looks like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pellucid.data.base.layout import GridLayout, Layout
from pellucid.data.base.preparation import Preparation
from pellucid.data.base.targets import InputsTarget
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

    ``notes`` says in sentences what was decided and done on the way. ``layout`` is what an example looks like: what
    its preparation says, unless more is known. ``missing`` says how many cells of each column were empty before they
    were filled, of all columns of a table; None where that is not known.
    """

    name: str
    train: Split
    validation: Split
    test: Split
    preprocessing: Preparation = field(repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
    layout: Layout = field(default=None)  # type: ignore[assignment]  # set below where it is not given
    missing: Mapping[str, int] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "layout", self.layout or self.preprocessing.layout)

    @property
    def task(self) -> str:
        """What it asks for: "classification", "regression" or "reconstruction"."""
        return self.preprocessing.target.task

    @property
    def image_shape(self) -> tuple[int, ...] | None:
        """(H, W), or (H, W, C) in colour, where an example is an image."""
        return self.layout.shape if isinstance(self.layout, GridLayout) else None

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
        target = InputsTarget(self.target)
        preprocessing = self.preprocessing.with_target(target)
        notes = (*self.notes, f"{target.task}: {target.reason}")
        return Dataset(self.name, train, validation, test, preprocessing, notes, self.layout, self.missing)
