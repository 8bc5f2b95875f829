"""Networks of dense layers: linear, and with hidden layers."""

from __future__ import annotations

from pellucid.combinators import Chain, FromLast
from pellucid.data import Dataset
from pellucid.data.base.layout import SequenceLayout
from pellucid.initializers import Zeros
from pellucid.jobs.presets.inputs import as_row
from pellucid.jobs.presets.parts import Choice, activation, dense_layers, hidden_sizes, join_sizes, output_layer
from pellucid.jobs.settings import Settings
from pellucid.layers import Dense, Dropout, Permute


def linear(settings: Settings, dataset: Dataset) -> Choice:
    """One dense layer; of a series weights over time."""
    dropout = [Dropout(settings.dropout)] if settings.dropout else []
    if dataset.task == "forecasting" and isinstance(dataset.layout, SequenceLayout):
        steps, variables = dataset.layout.steps, dataset.layout.features
        horizon, targets = dataset.preprocessing.output_shape
        # The last weights are 0 at first, so that it begins by repeating the last value.
        over_variables = [Dense(targets, weight=Zeros())] if targets < variables else []
        over_time = Dense(horizon) if over_variables else Dense(horizon, weight=Zeros())
        model = FromLast(Permute((2, 1)), *dropout, over_time, Permute((2, 1)), *over_variables)
        return model, f"{steps} steps of {variables} variables: weights over time, from the last step on"
    first, what = as_row(dataset)
    return Chain(*first, *dropout, output_layer(settings, dataset)), what


def mlp(settings: Settings, dataset: Dataset) -> Choice:
    """Dense layers, 128 and 64 units unless asked otherwise."""
    hidden, kind = hidden_sizes(settings, (128, 64)), activation(settings)
    inside = f"hidden layers of {join_sizes(hidden)} units, {kind.__name__}" if hidden else "no hidden layer"
    first, what = as_row(dataset)
    layers = *first, *dense_layers(hidden, kind, settings.dropout), output_layer(settings, dataset)
    return Chain(*layers), f"{what}: {inside}"
