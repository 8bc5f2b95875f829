"""Networks by name, ``--network cnn`` and the others: each made for what its inputs look like."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pellucid.cells import GRU, LSTM, SimpleRNN
from pellucid.combinators import FromLast
from pellucid.data import Dataset
from pellucid.data.base.layout import EmbeddedLayout
from pellucid.errors import ConfigError, UnknownNameError
from pellucid.jobs.presets.autoencoder import autoencoder
from pellucid.jobs.presets.convolutional import cnn
from pellucid.jobs.presets.dense import linear, mlp
from pellucid.jobs.presets.ensemble import ensemble
from pellucid.jobs.presets.parts import Choice
from pellucid.jobs.presets.sequential import recurrent, transformer
from pellucid.jobs.settings import Settings
from pellucid.layers import Reshape

PRESETS: dict[str, Callable[[Settings, Dataset], Choice]] = {
    "linear": linear,
    "mlp": mlp,
    "ensemble": ensemble,
    "cnn": cnn,
    "rnn": partial(recurrent, SimpleRNN),
    "lstm": partial(recurrent, LSTM),
    "gru": partial(recurrent, GRU),
    "transformer": transformer,
    "autoencoder": autoencoder,
}

TAKEN_BY = {
    "hidden": ("mlp", "ensemble", "cnn", "autoencoder"),
    "activation": ("mlp", "ensemble", "cnn", "autoencoder"),
    "code": ("autoencoder",),
    "dropout": ("linear", "mlp", "ensemble", "cnn", "rnn", "lstm", "gru", "transformer"),
}
"""The networks that a setting means something to."""

OF_EMBEDDED = ("linear", "mlp")
"""The networks that take numbers and categories side by side."""


def make_preset(name: str, settings: Settings, dataset: Dataset) -> Choice:
    """The network of that name, and a line on what was picked and why.

    Raises UnknownNameError for another name, ConfigError for settings and data that the network has no use for.
    """
    if name not in PRESETS:
        raise UnknownNameError("network", name, tuple(PRESETS))
    for option, takers in TAKEN_BY.items():
        if getattr(settings, option) is not None and name not in takers:
            raise ConfigError(f"{option} is for {', '.join(takers)}, not for {name}: leave it out")
    if isinstance(dataset.layout, EmbeddedLayout) and name not in OF_EMBEDDED:
        raise ConfigError(f"{name} takes no numbers beside categories: choose {' or '.join(OF_EMBEDDED)}")
    model, what = PRESETS[name](settings, dataset)
    if dataset.task == "forecasting" and name != "linear":
        model = FromLast(model, Reshape(dataset.preprocessing.output_shape))
        what += "; from the last step on"
    return model, f"network: {name} for {what}"
