"""The columns of the inputs at a glance: what each holds, between which bounds, how many cells were empty."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from pellucid.data import Dataset
from pellucid.types import Tree


@dataclass(frozen=True)
class ColumnFacts:
    """A column of the training part. ``least``, ``mean`` and ``greatest`` are in its own unit, of numbers alone; of
    dates the first and the last day.

    ``values`` has the categories with the share of rows that each has, the most frequent first. ``missing`` counts the
    empty cells of the whole table; None where that is not known.
    """

    name: str
    holds: str
    least: float | str | None = None
    mean: float | None = None
    greatest: float | str | None = None
    values: tuple[tuple[str, float], ...] = ()
    missing: int | None = None


def describe_columns(dataset: Dataset) -> list[ColumnFacts]:
    """The facts of each column of the inputs; none where they have no columns."""
    preparation, x = dataset.preprocessing, dataset.train.x
    unit = _units(dataset)
    missing = dataset.missing
    found = []
    for name, places in preparation.columns_in_x.items():
        facts: dict[str, Any] = {"missing": None if missing is None else missing.get(name, 0)}
        features = [_feature(dataset, index) for _, index in places]
        if name in unit:
            column = _column(x, *places[0])
            bounds = (unit[name].decode(float(of())) for of in (column.min, column.astype(np.float64).mean, column.max))
            facts |= {"holds": "numbers", **dict(zip(("least", "mean", "greatest"), bounds, strict=True))}
        elif all(feature.startswith(f"{name}=") for feature in features):
            shares = [float(_column(x, *place).mean()) for place in places]
            pairs = [(feature.removeprefix(f"{name}="), share) for feature, share in zip(features, shares, strict=True)]
            facts |= {"holds": "categories", "values": tuple(sorted(pairs, key=lambda pair: -pair[1]))}
        else:
            facts |= {"holds": _kind(x, places), **_days(dataset, name, unit)}
        found.append(ColumnFacts(name, **facts))
    return found


class _Unit(NamedTuple):
    """How a column was scaled."""

    mean: float
    scale: float

    def decode(self, z: float) -> float:
        """The number in the column's own unit, without the noise of float32, which z was stored in."""
        value = z * self.scale + self.mean
        largest = max(abs(z * self.scale), abs(self.mean))
        return round(value, 6 - math.ceil(math.log10(largest))) + 0.0 if largest > 0 else value  # no -0


def _units(dataset: Dataset) -> dict[str, _Unit]:
    scaling = dataset.preprocessing.scaled_columns
    if scaling is None:
        return {}
    return {n: _Unit(*of) for n, *of in zip(scaling.names, scaling.mean, scaling.scale, strict=True)}


def _column(x: Tree, array: str, index: int) -> np.ndarray:
    return np.asarray(x[array] if isinstance(x, dict) else x)[..., index]


def _days(dataset: Dataset, name: str, unit: dict[str, _Unit]) -> dict[str, str]:
    """The first and the last day of a column of dates of which the inputs have the days since the first."""
    preparation, days = dataset.preprocessing, f"{name}.days"
    for date in getattr(preparation, "dates", ()):
        if date.name == name and days in date.features and days in unit:
            column = _column(dataset.train.x, *preparation.columns_in_x[name][date.features.index(days)])
            ends = (round(unit[days].decode(float(end))) for end in (column.min(), column.max()))
            start = np.datetime64(date.start, "D")
            return {part: str(start + end) for part, end in zip(("least", "greatest"), ends, strict=True)}
    return {}


def _feature(dataset: Dataset, index: int) -> str:
    features = dataset.features
    return features[index] if index < len(features) else ""


def _kind(x: Tree, places: list[tuple[str, int]]) -> str:
    if isinstance(x, dict):
        return "categories" if places[0][0] == "categories" else "numbers"
    return "dates" if len(places) > 1 else "numbers"


def describe_row(dataset: Dataset, x: Tree) -> dict[str, float | str]:
    """The cells of one example, x of shape (1, ...), in their own units as far as x tells; of dates and ids the numbers
    that stand for them. Empty where inputs are no columns.
    """
    preparation = dataset.preprocessing
    unit = _units(dataset)
    cells: dict[str, float | str] = {}
    for name, places in preparation.columns_in_x.items():
        numbers = [float(np.ravel(_column(x, *place))[0]) for place in places]
        features = [_feature(dataset, index) for _, index in places]
        if name in unit:
            cells[name] = unit[name].decode(numbers[0])
        elif all(feature.startswith(f"{name}=") for feature in features):
            best = int(np.argmax(numbers))
            cells[name] = features[best].removeprefix(f"{name}=") if numbers[best] > 0 else "none of those known"
        elif len(places) == 1:
            cells[name] = numbers[0]
        else:
            for feature, number in zip(features, numbers, strict=True):
                cells[feature or name] = unit[feature].decode(number) if feature in unit else number
    return cells
