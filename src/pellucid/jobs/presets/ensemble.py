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
"""Networks that see numbers as they are, and as many that see them in pieces."""

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
    """Networks of 64 and 64 units side by side: eight on the numbers, and eight on the numbers cut into intervals."""
    if not isinstance(dataset.layout, (RowLayout, GridLayout)):
        raise ConfigError(f"ensemble is for rows of numbers, which those of {dataset.name} are not: choose mlp")
    if dataset.task == "reconstruction":
        raise ConfigError("ensemble predicts a target, and reconstruction has none: choose autoencoder")
    hidden, kind = hidden_sizes(settings, (64, 64)), activation(settings)
    if issubclass(kind, Maxout):
        raise ConfigError("Maxout has weights of its own, which members would share: choose another activation, or mlp")
    amounts = dataset.task == "regression"
    rate = settings.dropout if settings.dropout is not None else 0.0 if amounts else DROPOUT
    pieces, weight = _pieces(dataset, amounts), first_weights(kind)
    two_views = pieces is not None and len(hidden) > 0 and not amounts
    members = 2 * MEMBERS if two_views else MEMBERS
    layers = _first_layers(pieces, hidden[0] if two_views else None, weight)
    for i, units in enumerate(hidden):
        layers += [] if two_views and i == 0 else [DenseEnsemble(members, units, weight=weight)]
        layers += [kind(), *([Dropout(rate)] if rate else [])]  # type: ignore[list-item]
    layers.append(DenseEnsemble(members, outputs_of(settings, dataset)))
    inside = f"{members} networks of {join_sizes(hidden)} units, {kind.__name__}, whose mean predicts"
    return Chain(*layers), f"{_in_words(dataset, pieces)}: {inside}"


def _first_layers(pieces: PiecewiseLinear | None, units: int | None, weight: Initializer) -> list[Layer]:
    """What the members see; with ``units`` also their first layers, of half of them on the numbers, half on pieces."""
    if pieces is None or units is None:
        return [] if pieces is None else [pieces]
    layer = DenseEnsemble(MEMBERS, units, weight=weight)
    plain, cut = Chain(layer, Flatten()), Chain(pieces, layer, Flatten())
    return [Concat(plain=plain, pieces=cut), Reshape((2 * MEMBERS, units))]


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


def _in_words(dataset: Dataset, pieces: PiecewiseLinear | None) -> str:
    columns = f"{dataset.train.x.shape[1]} columns"
    return columns if pieces is None else f"{columns}, also in {len(pieces.intervals.column)} intervals"
