"""The network for tables: an ensemble of small ones, of which half see each number as it is and half in pieces."""

from __future__ import annotations

import numpy as np

from pellucid.combinators import Chain, Concat
from pellucid.data import Dataset
from pellucid.data.base.layout import GridLayout, RowLayout
from pellucid.errors import ConfigError
from pellucid.initializers import Initializer
from pellucid.jobs.presets.parts import Choice, activation, first_weights, hidden_sizes, join_sizes, outputs_of
from pellucid.jobs.settings import Settings
from pellucid.layer import Layer
from pellucid.layers import DenseEnsemble, Dropout, Flatten, Maxout, PiecewiseLinear, Reshape

MEMBERS = 8
"""Networks that see the numbers in pieces; of classes as many again see them as they are."""

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
    """Networks of 64 and 64 units side by side: of classes eight on the numbers as they are and eight on the numbers in
    pieces, of amounts eight on the pieces.
    """
    _refuse(dataset)
    hidden, kind = hidden_sizes(settings, (64, 64)), activation(settings)
    if issubclass(kind, Maxout):
        raise ConfigError("Maxout has weights of its own, which members would share: choose another activation, or mlp")
    amounts, weight = dataset.task == "regression", first_weights(kind)
    rate = settings.dropout if settings.dropout is not None else 0.0 if amounts else DROPOUT
    pieces = _pieces(dataset, amounts)
    two_views = bool(hidden) and pieces is not None and not amounts
    members = 2 * MEMBERS if two_views else MEMBERS
    dense: list[list[Layer]] = [[DenseEnsemble(members, units, weight=weight)] for units in hidden]
    layers: list[Layer] = [] if pieces is None or two_views else [pieces]
    if pieces is not None and two_views:
        dense[0] = _two_views(pieces, hidden[0], weight)
    for first in dense:
        layers += [*first, kind(), *([Dropout(rate)] if rate else [])]  # type: ignore[list-item]
    layers.append(DenseEnsemble(members, outputs_of(settings, dataset)))
    inside = f"{members} networks of {join_sizes(hidden)} units, {kind.__name__}, whose mean predicts"
    return Chain(*layers), f"{_seen_by_members(dataset, pieces, two_views)}: {inside}"


def _refuse(dataset: Dataset) -> None:
    """Raise ConfigError for data that an ensemble does not learn from."""
    if not isinstance(dataset.layout, (RowLayout, GridLayout)):
        raise ConfigError(f"ensemble is for rows of numbers, which those of {dataset.name} are not: choose mlp")
    if dataset.task == "reconstruction":
        raise ConfigError("ensemble predicts a target, and reconstruction has none: choose autoencoder")


def _two_views(pieces: PiecewiseLinear, units: int, weight: Initializer) -> list[Layer]:
    """The first layer of all members: of the first half on the numbers as they are, of the others on their pieces."""
    half = DenseEnsemble(MEMBERS, units, weight=weight)
    return [
        Concat(plain=Chain(half, Flatten()), pieces=Chain(pieces, half, Flatten())),
        Reshape((2 * MEMBERS, units)),
    ]


def _pieces(dataset: Dataset, amounts: bool) -> PiecewiseLinear | None:
    """The layer that cuts columns into intervals, fewer where many are to be cut, none where there is no room for two.
    Columns of two values, such as those of a category, are not cut. Those of amounts are closed: beyond the training
    rows they have no bound, and one odd number would say any amount.
    """
    x = dataset.train.x
    by_rows = min(max(len(x) // ROWS_AN_INTERVAL, FEWEST_INTERVALS), INTERVALS)
    numbers = sum(len(np.unique(column[:1000])) > 2 for column in x.T)
    intervals = min(by_rows if amounts else INTERVALS, MOST_INTERVALS // max(numbers, 1))
    return PiecewiseLinear.fit(x, intervals, closed=amounts) if intervals > 1 else None


def _seen_by_members(dataset: Dataset, pieces: PiecewiseLinear | None, two_views: bool) -> str:
    columns = f"{dataset.train.x.shape[1]} columns"
    if pieces is None:
        return columns
    return f"{columns}{', as they are and' if two_views else ''} in {len(pieces.intervals.column)} intervals"
