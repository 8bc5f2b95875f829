"""Networks of convolutions: over images, over sequences, over terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from pellucid.combinators import Chain
from pellucid.data import Dataset
from pellucid.data.base.layout import TokenLayout
from pellucid.errors import ConfigError
from pellucid.jobs.presets.inputs import as_grid
from pellucid.jobs.presets.parts import (
    WIDTH,
    Choice,
    activation,
    dense_layers,
    first_weights,
    hidden_sizes,
    join_sizes,
    output_layer,
)
from pellucid.jobs.settings import Settings
from pellucid.layer import Layer
from pellucid.layers import (
    BatchNorm,
    Conv1D,
    Conv2D,
    Dense,
    Dropout,
    Embedding,
    Flatten,
    GlobalMaxPool1D,
    Maxout,
    MaxPool1D,
    MaxPool2D,
    Reshape,
)
from pellucid.layers.activations.activation_info import ActivationInfo


def cnn(settings: Settings, dataset: Dataset) -> Choice:
    """Two convolutions of 32 and 64 filters, each with normalisation, activation and pooling, and a dense layer."""
    hidden, kind = hidden_sizes(settings, (128,)), activation(settings)
    if issubclass(kind, Maxout):
        raise ConfigError("Maxout makes dense layers, and cnn has others too: choose another activation, or mlp")
    if isinstance(dataset.layout, TokenLayout):
        return _cnn_of_terms(hidden, kind, dataset.layout, output_layer(settings, dataset))
    (*space, channels), what = as_grid(dataset)
    convolution, pooling = (Conv1D, MaxPool1D) if len(space) == 1 else (Conv2D, MaxPool2D)
    layers: list[Layer] = [Reshape((*space, channels))]
    for filters in (32, 64):
        layers += [
            convolution(filters, 3, padding="same", weight=first_weights(kind)),
            BatchNorm(),
            cast(Layer, kind()),
        ]
        if min(space) >= 4:  # what is smaller has no place to spare
            layers.append(pooling(2))
            space = [size // 2 for size in space]
    rate = 0.5 if settings.dropout is None else settings.dropout
    layers += [Flatten(), Dropout(rate), *dense_layers(hidden, kind), output_layer(settings, dataset)]
    return Chain(*layers), f"{what}: 32, then 64 filters of size 3, {kind.__name__}; dense {join_sizes(hidden)}"


def _cnn_of_terms(hidden: Sequence[int], kind: type[ActivationInfo], tokens: TokenLayout, last: Dense) -> Choice:
    """Kim 2014, "Convolutional neural networks for sentence classification", with one width of filters."""
    filters = Conv1D(128, 5, padding="same", weight=first_weights(kind)), cast(Layer, kind()), GlobalMaxPool1D()
    first = Embedding(tokens.vocabulary, WIDTH)
    layers = first, *filters, Dropout(0.5), *dense_layers(hidden, kind), last
    return Chain(*layers), f"texts: 128 filters over 5 terms, the largest of each decides; dense {join_sizes(hidden)}"
