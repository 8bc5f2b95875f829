"""The layers that bring inputs of each layout into the form that a network takes, and in words what they are."""

from __future__ import annotations

import math

from pellucid.combinators import Chain, Join, Parallel
from pellucid.data import Dataset
from pellucid.data.base.layout import EmbeddedLayout, GridLayout, RowLayout, SequenceLayout, TokenLayout
from pellucid.errors import ConfigError
from pellucid.jobs.presets.parts import WIDTH
from pellucid.layer import Layer
from pellucid.layers import Embedding, Flatten, GlobalAveragePool1D, Identity, Reshape

OF_CATEGORY = 16
"""How many numbers stand for a category of very many."""


def as_row(dataset: Dataset) -> tuple[list[Layer], str]:
    """The layers that make an example one row of numbers."""
    match dataset.layout:
        case EmbeddedLayout(numbers, categories, vocabulary):
            embedded = Chain(Embedding(vocabulary, OF_CATEGORY), Flatten())
            what = f"{numbers} numbers and {categories} categories, each {OF_CATEGORY} numbers"
            return [Parallel(numbers=Identity(), categories=embedded), Join()], what
        case TokenLayout(_, vocabulary):
            what = f"texts: the mean of what each term means in {WIDTH} numbers"
            return [Embedding(vocabulary, WIDTH, padding=0), GlobalAveragePool1D()], what
        case SequenceLayout(steps, features):
            return [Flatten()], f"{steps * features} columns"
        case GridLayout(shape):
            return [], f"{math.prod(shape)} columns"
        case RowLayout(columns):
            return [], f"{columns} columns"
        case other:
            raise ConfigError(f"{dataset.name} has inputs of the layout {other!r}, which no network by name takes")


def as_grid(dataset: Dataset) -> tuple[tuple[int, ...], str]:
    """The axes along which inputs have neighbours, and behind them the channels.

    Raises ConfigError where inputs have no neighbours.
    """
    match dataset.layout:
        case GridLayout() as grid:
            return (grid.height, grid.width, grid.channels), f"images of {grid}"
        case SequenceLayout(steps, features):
            return (steps, features), f"sequences of {steps} steps of {features} numbers"
        case RowLayout(columns) if columns > 1:
            why = "of use only where neighbours belong together, as in spectra"
            return (columns, 1), f"{columns} columns as a series in their order ({why})"
        case _:
            raise ConfigError(f"{dataset.name} has one column, which has no neighbours: choose mlp")


def as_sequence(dataset: Dataset) -> tuple[list[Layer], int, str]:
    """The layers that make an example a sequence, how many steps it has."""
    if isinstance(dataset.layout, TokenLayout):
        return [Embedding(dataset.layout.vocabulary, WIDTH, padding=0)], dataset.layout.steps, "texts, term by term"
    (steps, *step), what = as_grid(dataset)
    by_row = f"{what}, row by row" if isinstance(dataset.layout, GridLayout) else what
    return [Reshape((steps, math.prod(step)))], steps, by_row
