"""The data as CSV: columns of inputs, the label, and which part a row is of."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import numpy as np

from pellucid.playground.export.file import Exported, File
from pellucid.playground.features import features_of


def label_name(columns: Sequence[str]) -> str:
    """The column of labels: ``label``, unless an input is called that."""
    return next(name for name in ("label", "y", "target", "label of the point") if name not in columns)


def data_table(exported: Exported) -> list[File]:
    """All points as the page has them."""
    data = exported.data
    rows = [[*x, _label(exported, y), "test" if test else "train"] for x, y, test in _rows(exported, data.x)]
    return [File("points.csv", to_csv([*data.columns, label_name(data.columns), "part"], rows))]


def feature_tables(exported: Exported) -> list[File]:
    """A table of training points and, if there are any, one of test points: features as they are, and the label."""
    x = features_of(exported.data.x, exported.network.state.features)
    rows = {
        name: [[*row, _label(exported, y)] for row, y, test in _rows(exported, x) if test == (name == "test")]
        for name in ("train", "test")
    }
    head = [*exported.features, label_name(exported.features)]
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
