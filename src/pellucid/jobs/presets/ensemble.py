"""The network for tables: an ensemble of small ones that see each number in pieces."""

from __future__ import annotations

import numpy as np

from pellucid.combinators import Chain
from pellucid.data import Dataset
from pellucid.data.base.layout import RowLayout
from pellucid.errors import ConfigError
from pellucid.jobs.presets.parts import Choice, activation, first_weights, hidden_sizes, join_sizes, outputs_of
from pellucid.jobs.settings import Settings
from pellucid.layer import Layer
from pellucid.layers import DenseEnsemble, Dropout, Maxout, PiecewiseLinear

MEMBERS = 8
"""Networks in the ensemble."""

INTERVALS = 16
"""Into so many a column of numbers is cut,"""

MOST_INTERVALS = 384
"""but all columns together into about so many at most: each costs a weight for each unit of the first layer."""

DROPOUT = 0.2
"""Unless asked otherwise."""


def ensemble(settings: Settings, dataset: Dataset) -> Choice:
    """Eight networks of 64 and 64 units side by side, behind numbers cut into intervals."""
    if not isinstance(dataset.layout, RowLayout):
        raise ConfigError(f"ensemble is for plain tables, which {dataset.name} is not: choose mlp")
    if dataset.task == "reconstruction":
        raise ConfigError("ensemble predicts a target, and reconstruction has none: choose autoencoder")
    hidden, kind = hidden_sizes(settings, (64, 64)), activation(settings)
    if issubclass(kind, Maxout):
        raise ConfigError("Maxout has weights of its own, which members would share: choose another activation, or mlp")
    first = PiecewiseLinear.fit(dataset.train.x, _intervals(dataset.train.x))
    rate = DROPOUT if settings.dropout is None else settings.dropout
    layers: list[Layer] = [first]
    for units in hidden:
        layers += [DenseEnsemble(MEMBERS, units, weight=first_weights(kind)), kind()]  # type: ignore[list-item]
        layers += [Dropout(rate)] if rate else []
    layers.append(DenseEnsemble(MEMBERS, outputs_of(settings, dataset)))
    columns, pieces = len(first.edges), len(first.intervals.column)
    inside = f"{MEMBERS} networks of {join_sizes(hidden)} units, {kind.__name__}, whose mean predicts"
    return Chain(*layers), f"{columns} columns in {pieces} intervals: {inside}"


def _intervals(x: np.ndarray) -> int:
    """Into how many intervals a column is cut; columns of two values, such as those of a category, take one."""
    numbers = sum(len(np.unique(column[:1000])) > 2 for column in x.T)
    return max(1, min(INTERVALS, MOST_INTERVALS // max(numbers, 1)))
