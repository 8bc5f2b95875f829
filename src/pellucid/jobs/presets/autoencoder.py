"""The autoencoder: through a short code, and back to the inputs."""

from __future__ import annotations

from pellucid.combinators import Chain
from pellucid.data import Dataset
from pellucid.data.base.layout import GridLayout
from pellucid.errors import ConfigError
from pellucid.jobs.presets.parts import Choice, activation, dense_layers, hidden_sizes
from pellucid.jobs.settings import Settings
from pellucid.layers import Dense


def autoencoder(settings: Settings, dataset: Dataset) -> Choice:
    """Dense layers down to the code and, mirrored, up again."""
    columns = len(dataset.features)
    if columns < 2:
        raise ConfigError(f"{dataset.name} has one column, and no code is shorter: choose data with more")
    code = settings.code or max(min(2, columns - 1), min(32, columns // 4))
    if code >= columns:
        raise ConfigError(f"a code of {code} for data of {columns} columns leaves nothing to learn: it must be smaller")
    usual = "GELU" if isinstance(dataset.layout, GridLayout) else "Tanh"
    hidden, kind = hidden_sizes(settings, (256,)), activation(settings, usual)
    encoder = Chain(*dense_layers(hidden, kind), Dense(code))
    decoder = Chain(*dense_layers(hidden[::-1], kind), Dense(columns))
    sizes = " - ".join(map(str, (columns, *hidden, code, *hidden[::-1], columns)))
    inside = f"{sizes}, {kind.__name__ if hidden else 'linear'}"
    return Chain(encoder=encoder, decoder=decoder), f"{columns} columns, a code of {code}: {inside}"
