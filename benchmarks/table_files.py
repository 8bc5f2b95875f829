"""The tables of ``tables.py`` as rows of cells, as they stand in their files, the target last."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from sklearn import datasets


@dataclass(frozen=True)
class RawTable:
    """Cells as text, the target last; ``amounts`` says whether it is an amount and no class."""

    columns: list[str]
    rows: list[list[str]]
    amounts: bool

    @property
    def target(self) -> np.ndarray:
        """The target of each row: amounts as numbers, classes as text."""
        cells = np.array([row[-1] for row in self.rows])
        return cells.astype(float) if self.amounts else cells


def from_file(path: str, target: str | None = None, amounts: bool = False) -> RawTable:
    """A file below ``PELLUCID_DATA``; without a ``target`` it has no header, and its last column is meant."""
    with Path(os.environ.get("PELLUCID_DATA", "."), path).open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if row]
    columns = [f"x{i}" for i in range(len(rows[0]))] if target is None else rows.pop(0)
    last = len(columns) - 1 if target is None else columns.index(target)
    order = [*(i for i in range(len(columns)) if i != last), last]
    rows = [[row[i].strip() for i in order] for row in rows if row[last].strip() not in ("", "NA")]
    return RawTable([columns[i] for i in order], rows, amounts)


def embedded(name: str, amounts: bool = False) -> RawTable:
    """One of the tables that scikit-learn brings along."""
    found = getattr(datasets, f"load_{name}")()
    rows = [[*map(repr, x.tolist()), str(y)] for x, y in zip(found.data, found.target.tolist(), strict=True)]
    return RawTable([*map(str, found.feature_names), "target"], rows, amounts)


TABLES: dict[str, Callable[[], RawTable]] = {
    "sonar": partial(from_file, "tabular/sonar.csv"),
    "ionosphere": partial(from_file, "tabular/ionosphere.csv"),
    "pima": partial(from_file, "tabular/pima-indians-diabetes.csv"),
    "wine-red": partial(from_file, "tabular/winequality-red.csv"),
    "penguins": partial(from_file, "tabular/penguins.csv", "species"),
    "cancer": partial(embedded, "breast_cancer"),
    "digits": partial(embedded, "digits"),
    "abalone": partial(from_file, "tabular/abalone.csv", amounts=True),
    "mpg": partial(from_file, "tabular/mpg.csv", "mpg", amounts=True),
    "diabetes": partial(embedded, "diabetes", amounts=True),
    "housing": partial(from_file, "california-housing/housing.csv", "median_house_value", amounts=True),
}
"""What may be called, and how it is read."""
