"""Networks that read step by step, or look at all steps at once: recurrent ones and the transformer."""

from __future__ import annotations

from pellucid.blocks import TransformerBlock
from pellucid.cells.weighted import WeightedCell
from pellucid.combinators import Chain, Recurrent, TimeDistributed
from pellucid.data import Dataset
from pellucid.data.base.layout import TokenLayout
from pellucid.initializers import SmallNormal
from pellucid.jobs.presets.inputs import as_sequence
from pellucid.jobs.presets.parts import WIDTH, Choice, output_layer
from pellucid.jobs.settings import Settings
from pellucid.layers import Dense, Dropout, GlobalAveragePool1D, LayerNorm, LearnedPositions


def recurrent(cell: type[WeightedCell], settings: Settings, dataset: Dataset) -> Choice:
    """128 units of this cell, whose last step decides."""
    first, _, what = as_sequence(dataset)
    dropout = [Dropout(settings.dropout)] if settings.dropout else []
    layers = *first, Recurrent(cell(128), return_sequences=False), *dropout, output_layer(settings, dataset)
    return Chain(*layers), f"{what}: 128 units, whose last step decides"


def transformer(settings: Settings, dataset: Dataset) -> Choice:
    """Two blocks of four heads."""
    first, steps, what = as_sequence(dataset)
    terms = isinstance(dataset.layout, TokenLayout)
    block = TransformerBlock(4, dropout=0.1 if settings.dropout is None else settings.dropout)
    model = Chain(
        *first,
        *([] if terms else [Dense(WIDTH)]),
        LearnedPositions(steps, SmallNormal(0.1)),  # small, so as not to drown the one number of a column
        block,
        block,
        TimeDistributed(LayerNorm()) if terms else LayerNorm(),
        GlobalAveragePool1D(),
        output_layer(settings, dataset),
    )
    return model, f"{what}: 2 blocks of 4 heads, width {WIDTH}, the mean of all steps decides"
