"""The network for tables: an ensemble of small ones that see each number in pieces."""

from __future__ import annotations

import numpy as np

from pellucid.combinators import Chain
from pellucid.data import Dataset
from pellucid.data.base.layout import GridLayout, RowLayout
from pellucid.errors import ConfigError
from pellucid.jobs.presets.parts import Choice, activation, first_weights, hidden_sizes, join_sizes, outputs_of
from pellucid.jobs.settings import Settings
from pellucid.layer import Layer
from pellucid.layers import DenseEnsemble, Dropout, Maxout, PiecewiseLinear

MEMBERS = 8
"""Networks in the ensemble."""

INTERVALS = 16
"""Into so many at most a column of numbers is cut;"""

ROWS_AN_INTERVAL = 1_000
"""where amounts are learnt, which are smoother than classes, into one for so many rows,"""

FEWEST_INTERVALS = 4
"""but not into fewer than these."""

MOST_INTERVALS = 384
"""All columns together are cut into about so many at most: each costs a weight for each unit of the first layer."""

DROPOUT = 0.2
"""Of classes; amounts are learnt without."""


def ensemble(settings: Settings, dataset: Dataset) -> Choice:
    """Eight networks of 64 and 64 units side by side, behind numbers cut into intervals."""
    if not isinstance(dataset.layout, (RowLayout, GridLayout)):
        raise ConfigError(f"ensemble is for rows of numbers, which those of {dataset.name} are not: choose mlp")
    if dataset.task == "reconstruction":
        raise ConfigError("ensemble predicts a target, and reconstruction has none: choose autoencoder")
    hidden, kind = hidden_sizes(settings, (64, 64)), activation(settings)
    if issubclass(kind, Maxout):
        raise ConfigError("Maxout has weights of its own, which members would share: choose another activation, or mlp")
    amounts = dataset.task == "regression"
    by_rows = min(max(len(dataset.train) // ROWS_AN_INTERVAL, FEWEST_INTERVALS), INTERVALS)
    first, what = _cut(dataset.train.x, by_rows if amounts else INTERVALS, closed=amounts)
    rate = settings.dropout if settings.dropout is not None else 0.0 if amounts else DROPOUT
    layers: list[Layer] = [*first]
    for units in hidden:
        layers += [DenseEnsemble(MEMBERS, units, weight=first_weights(kind)), kind()]  # type: ignore[list-item]
        layers += [Dropout(rate)] if rate else []
    layers.append(DenseEnsemble(MEMBERS, outputs_of(settings, dataset)))
    inside = f"{MEMBERS} networks of {join_sizes(hidden)} units, {kind.__name__}, whose mean predicts"
    return Chain(*layers), f"{what}: {inside}"


def _cut(x: np.ndarray, most: int, closed: bool) -> tuple[list[Layer], str]:
    """The layer that cuts columns into at most so many intervals, fewer where many are to be cut, none where there is
    no room for two; and in words what comes out. Columns of two values, such as those of a category, are not cut.
    ``closed``, for amounts: beyond the training rows they have no bound, and one odd number would say any amount.
    """
    columns = x.shape[1]
    numbers = sum(len(np.unique(column[:1000])) > 2 for column in x.T)
    intervals = min(most, MOST_INTERVALS // max(numbers, 1))
    if intervals < 2:
        return [], f"{columns} columns"
    layer = PiecewiseLinear.fit(x, intervals, closed)
    return [layer], f"{columns} columns in {len(layer.intervals.column)} intervals"
