"""Networks by name, ``--network cnn`` and its kin: each made for the data it is to learn from."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import cast

from pellucid import spec, validate
from pellucid.blocks import TransformerBlock
from pellucid.cells import GRU, LSTM, SimpleRNN
from pellucid.cells.weighted import WeightedCell
from pellucid.combinators import Chain, FromLast, Join, Parallel, Recurrent, TimeDistributed
from pellucid.data import Dataset
from pellucid.errors import ConfigError, UnknownNameError
from pellucid.initializers import FanIn, Glorot, He, Initializer, SmallNormal, Zeros
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
    GlobalAveragePool1D,
    GlobalMaxPool1D,
    Identity,
    LayerNorm,
    LearnedPositions,
    Maxout,
    MaxPool1D,
    MaxPool2D,
    Permute,
    Reshape,
)
from pellucid.layers.activations.activation_info import Facts

FIRST_WEIGHTS: dict[str, Initializer] = {"SELU": FanIn(), "Tanh": Glorot(), "Sigmoid": Glorot(), "HardTanh": Glorot()}
"""The initialiser that suits an activation; He for all others, which are kin of ReLU."""

WIDTH = 64
"""How many numbers stand for a word, and for a step of a transformer."""

OF_CATEGORY = 16
"""How many numbers stand for a category of very many."""

Choice = tuple[Layer, str]
"""A network, and in words which data it is for and what it is made of."""


def make_preset(name: str, settings: Settings, dataset: Dataset) -> Choice:
    """The network of that name, and a line on what was picked and why.

    Raises UnknownNameError for another name, ConfigError for settings and data that the network has no use for.
    """
    if name not in PRESETS:
        raise UnknownNameError("network", name, tuple(PRESETS))
    for option, takers in TAKEN_BY.items():
        if getattr(settings, option) is not None and name not in takers:
            raise ConfigError(f"{option} is for {', '.join(takers)}, not for {name}: leave it out")
    if isinstance(dataset.train.x, dict) and name not in OF_DICTS:
        raise ConfigError(f"{name} takes no numbers beside categories: choose {' or '.join(OF_DICTS)}")
    model, what = PRESETS[name](settings, dataset)
    if dataset.task == "forecasting" and name != "linear":
        model = FromLast(model, Reshape(dataset.preprocessing.output_shape))
        what += "; from the last step on"
    return model, f"network: {name} for {what}"


def _linear(settings: Settings, dataset: Dataset) -> Choice:
    dropout = [Dropout(settings.dropout)] if settings.dropout else []
    if dataset.task == "forecasting":
        (steps, variables), (horizon, targets) = dataset.train.x.shape[1:], dataset.preprocessing.output_shape
        # The last weights are 0 at first, so that it begins by repeating the last value.
        mixed = [Dense(targets, weight=Zeros())] if targets < variables else []
        over_time = Dense(horizon) if mixed else Dense(horizon, weight=Zeros())
        model = FromLast(Permute((2, 1)), *dropout, over_time, Permute((2, 1)), *mixed)
        return model, f"{steps} steps of {variables} variables: weights over time, from the last step on"
    first, what = _row(dataset)
    return Chain(*first, *dropout, Dense(dataset.outputs)), what


def _mlp(settings: Settings, dataset: Dataset) -> Choice:
    hidden, kind = _hidden(settings, (128, 64)), _activation(settings)
    inside = f"hidden layers of {_listed(hidden)} units, {kind.__name__}" if hidden else "no hidden layer"
    first, what = _row(dataset)
    layers = *first, *_dense(hidden, kind, settings.dropout), Dense(dataset.outputs)
    return Chain(*layers), f"{what}: {inside}"


def _cnn(settings: Settings, dataset: Dataset) -> Choice:
    hidden, kind = _hidden(settings, (128,)), _activation(settings)
    if issubclass(kind, Maxout):
        raise ConfigError("Maxout makes dense layers, and cnn has others too: choose another activation, or mlp")
    if dataset.preprocessing.vocabulary:
        return _cnn_of_terms(hidden, kind, dataset)
    (*space, channels), what = _grid(dataset)
    convolution, pooling = (Conv1D, MaxPool1D) if len(space) == 1 else (Conv2D, MaxPool2D)
    layers: list[Layer] = [Reshape((*space, channels))]
    for filters in (32, 64):
        layers += [convolution(filters, 3, padding="same", weight=_weight(kind)), BatchNorm(), cast(Layer, kind())]
        if min(space) >= 4:  # what is smaller has no place to spare
            layers.append(pooling(2))
            space = [size // 2 for size in space]
    rate = 0.5 if settings.dropout is None else settings.dropout
    layers += [Flatten(), Dropout(rate), *_dense(hidden, kind), Dense(dataset.outputs)]
    return Chain(*layers), f"{what}: 32, then 64 filters of size 3, {kind.__name__}; dense {_listed(hidden)}"


def _cnn_of_terms(hidden: Sequence[int], kind: type[Facts], dataset: Dataset) -> Choice:
    """Kim 2014, "Convolutional neural networks for sentence classification", with one width of filters."""
    terms = dataset.preprocessing.vocabulary
    filters = Conv1D(128, 5, padding="same", weight=_weight(kind)), cast(Layer, kind()), GlobalMaxPool1D()
    layers = Embedding(terms, WIDTH), *filters, Dropout(0.5), *_dense(hidden, kind), Dense(dataset.outputs)
    return Chain(*layers), f"texts: 128 filters over 5 terms, the largest of each decides; dense {_listed(hidden)}"


def _recurrent(cell: type[WeightedCell], settings: Settings, dataset: Dataset) -> Choice:
    first, _, what = _sequence(dataset)
    dropout = [Dropout(settings.dropout)] if settings.dropout else []
    layers = *first, Recurrent(cell(128), return_sequences=False), *dropout, Dense(dataset.outputs)
    return Chain(*layers), f"{what}: 128 units, whose last step decides"


def _transformer(settings: Settings, dataset: Dataset) -> Choice:
    first, steps, what = _sequence(dataset)
    terms = bool(dataset.preprocessing.vocabulary)
    block = TransformerBlock(4, dropout=0.1 if settings.dropout is None else settings.dropout)
    model = Chain(
        *first,
        *([] if terms else [Dense(WIDTH)]),
        LearnedPositions(steps, SmallNormal(0.1)),  # small, so as not to drown the one number of a column
        block,
        block,
        TimeDistributed(LayerNorm()) if terms else LayerNorm(),
        GlobalAveragePool1D(),
        Dense(dataset.outputs),
    )
    return model, f"{what}: 2 blocks of 4 heads, width {WIDTH}, the mean of all steps decides"


def _autoencoder(settings: Settings, dataset: Dataset) -> Choice:
    columns = dataset.train.x.shape[1]
    if columns < 2:
        raise ConfigError(f"{dataset.name} has one column, and no code is shorter: choose data with more")
    code = settings.code or max(min(2, columns - 1), min(32, columns // 4))
    if code >= columns:
        raise ConfigError(f"a code of {code} for data of {columns} columns leaves nothing to learn: it must be smaller")
    hidden, kind = _hidden(settings, (256,)), _activation(settings, "GELU" if dataset.image_shape else "Tanh")
    encoder = Chain(*_dense(hidden, kind), Dense(code))
    decoder = Chain(*_dense(hidden[::-1], kind), Dense(columns))
    sizes = " - ".join(map(str, (columns, *hidden, code, *hidden[::-1], columns)))
    inside = f"{sizes}, {kind.__name__ if hidden else 'linear'}"
    return Chain(encoder=encoder, decoder=decoder), f"{columns} columns, a code of {code}: {inside}"


PRESETS: dict[str, Callable[[Settings, Dataset], Choice]] = {
    "linear": _linear,
    "mlp": _mlp,
    "cnn": _cnn,
    "rnn": partial(_recurrent, SimpleRNN),
    "lstm": partial(_recurrent, LSTM),
    "gru": partial(_recurrent, GRU),
    "transformer": _transformer,
    "autoencoder": _autoencoder,
}
TAKEN_BY = {
    "hidden": ("mlp", "cnn", "autoencoder"),
    "activation": ("mlp", "cnn", "autoencoder"),
    "code": ("autoencoder",),
    "dropout": ("linear", "mlp", "cnn", "rnn", "lstm", "gru", "transformer"),
}
"""The networks that a setting means something to."""

OF_DICTS = ("linear", "mlp")
"""The networks that take numbers and categories side by side."""


def _hidden(settings: Settings, usual: Sequence[int]) -> tuple[int, ...]:
    hidden = tuple(usual if settings.hidden is None else settings.hidden)
    for units in hidden:
        validate.positive_int("hidden", "every size", units)
    return hidden


def _activation(settings: Settings, usual: str = "ReLU") -> type[Facts]:
    return spec.find(Facts, usual if settings.activation is None else settings.activation, "activation")


def _weight(kind: type[Facts]) -> Initializer:
    return FIRST_WEIGHTS.get(kind.__name__, He())


def _dense(hidden: Sequence[int], kind: type[Facts], dropout: float | None = None) -> Iterator[Layer]:
    """Dense layers of these sizes, each with its activation and, if there is a rate, dropout."""
    for units in hidden:
        if issubclass(kind, Maxout):
            yield Maxout(units, pieces=2)
        else:
            yield Dense(units, weight=_weight(kind))
            yield cast(Layer, kind())
        if dropout:
            yield Dropout(dropout)


def _row(dataset: Dataset) -> tuple[list[Layer], str]:
    """The layers that make an example one row of numbers, and in words what it is made of."""
    if isinstance(dataset.train.x, dict):
        return _embedded(dataset)
    shape, terms = dataset.train.x.shape[1:], dataset.preprocessing.vocabulary
    if terms:
        first = [Embedding(terms, WIDTH, padding=0), GlobalAveragePool1D()]
        return first, f"texts: the mean of what each term means in {WIDTH} numbers"
    return ([Flatten()] if len(shape) > 1 else []), f"{math.prod(shape)} columns"


def _embedded(dataset: Dataset) -> tuple[list[Layer], str]:
    """The layers that put numbers and embedded categories side by side, and in words what they are."""
    x, ids = dataset.train.x, dataset.preprocessing.vocabulary
    categories = Chain(Embedding(ids, OF_CATEGORY), Flatten())
    what = f"{x['numbers'].shape[1]} numbers and {x['categories'].shape[1]} categories"
    return [Parallel(numbers=Identity(), categories=categories), Join()], f"{what}, each {OF_CATEGORY} numbers"


def _grid(dataset: Dataset) -> tuple[tuple[int, ...], str]:
    """The axes along which inputs have neighbours, and the channels; and so in words.

    Raises ConfigError where they have none.
    """
    shape = dataset.train.x.shape[1:]
    if dataset.image_shape:
        height, width, *channels = dataset.image_shape
        return (height, width, *(channels or [1])), f"images of {'x'.join(map(str, dataset.image_shape))}"
    if len(shape) == 2:
        return shape, f"sequences of {shape[0]} steps of {shape[1]} numbers"
    if shape[0] < 2:
        raise ConfigError(f"{dataset.name} has one column, which has no neighbours: choose mlp")
    why = "of use only where neighbours belong together, as in spectra"
    return (*shape, 1), f"{shape[0]} columns as a series in their order ({why})"


def _sequence(dataset: Dataset) -> tuple[list[Layer], int, str]:
    """The layers that make an example a sequence, how many steps it has; and in words what they are."""
    if terms := dataset.preprocessing.vocabulary:
        return [Embedding(terms, WIDTH, padding=0)], dataset.train.x.shape[1], "texts, term by term"
    (steps, *step), what = _grid(dataset)
    return [Reshape((steps, math.prod(step)))], steps, f"{what}, row by row" if dataset.image_shape else what


def _listed(sizes: Sequence[int]) -> str:
    return ", ".join(map(str, sizes)) or "none"
