"""The data as CSV: columns of inputs, the label, and which part a row is of."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from pellucid.playground.export.file import Exported, File
from pellucid.playground.features import features_of

FORMULA = ("=", "+", "-", "@")
"""What begins with one of these a spreadsheet takes for a formula, and may run."""


def label_name(columns: Sequence[str]) -> str:
    """The column of labels: ``label``, unless an input is called that."""
    return next((name for name in ("label", "y", "target") if name not in columns), "label")


def header(columns: Sequence[str], *more: str) -> list[str]:
    """The names of ``columns``, and ``more`` behind them, made distinct; none is empty or a spreadsheet's formula."""
    found: list[str] = []
    for number, given in enumerate([*columns, *more], 1):
        name = given.strip() or f"x{number}"
        name = f"'{name}" if name.startswith(FORMULA) else name
        found.append(next(free for free in _alternatives(name) if free not in found))
    return found


def _alternatives(name: str) -> Iterator[str]:
    yield name
    for number in itertools.count(2):
        yield f"{name} ({number})"


def data_table(exported: Exported) -> list[File]:
    """All points as the page has them."""
    data = exported.data
    rows = [[*x, _label(exported, y), "test" if test else "train"] for x, y, test in _rows(exported, data.x)]
    return [File("points.csv", to_csv(header(data.columns, label_name(data.columns), "part"), rows))]


def feature_tables(exported: Exported) -> list[File]:
    """A table of training points and, if there are any, one of test points: features as they are, and the label."""
    x = features_of(exported.data.x, exported.network.state.features)
    rows = {
        name: [[*row, _label(exported, y)] for row, y, test in _rows(exported, x) if test == (name == "test")]
        for name in ("train", "test")
    }
    head = header(exported.features, label_name(exported.features))
    return [File(f"{name}.csv", to_csv(head, part)) for name, part in rows.items() if part]


def to_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


def _rows(exported: Exported, x: np.ndarray) -> Iterable[tuple[list[float], float, bool]]:
    return zip(x.tolist(), exported.data.y.tolist(), exported.data.test.tolist(), strict=True)


def _label(exported: Exported, y: float) -> float | int:
    return int(y) if exported.data.classes else y
