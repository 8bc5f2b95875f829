"""What the networks share: hidden layers of sizes and activation as asked for, with the first weights that suit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from pellucid import spec
from pellucid.data import Dataset
from pellucid.errors import ConfigError
from pellucid.initializers import FanIn, Glorot, He, Initializer
from pellucid.jobs.settings import Settings
from pellucid.layer import Layer, Loss
from pellucid.layers import Dense, Dropout, Maxout
from pellucid.layers.activations.activation_info import ActivationInfo
from pellucid.losses import SigmoidCrossEntropy

Choice = tuple[Layer, str]
"""A network, and in words which data it is for and what it is made of."""

WIDTH = 64
"""How many numbers stand for a word, and for a step of a transformer."""

FIRST_WEIGHTS: dict[str, Initializer] = {"SELU": FanIn(), "Tanh": Glorot(), "Sigmoid": Glorot(), "HardTanh": Glorot()}
"""The initialiser that suits an activation; He for all others, which are kin of ReLU."""


def hidden_sizes(settings: Settings, usual: Sequence[int]) -> tuple[int, ...]:
    """The sizes of the hidden layers: those asked for, or the usual ones."""
    return tuple(usual if settings.hidden is None else settings.hidden)


def activation(settings: Settings, usual: str = "ReLU") -> type[ActivationInfo]:
    """The activation asked for, or the usual one."""
    return spec.find(ActivationInfo, usual if settings.activation is None else settings.activation, "activation")


def first_weights(kind: type[ActivationInfo]) -> Initializer:
    """The initialiser that suits the activation."""
    return FIRST_WEIGHTS.get(kind.__name__, He())


def dense_layers(hidden: Sequence[int], kind: type[ActivationInfo], dropout: float | None = None) -> Iterator[Layer]:
    """Dense layers of these sizes, each with its activation and, if there is a rate, dropout."""
    for units in hidden:
        if issubclass(kind, Maxout):
            yield Maxout(units, pieces=2)
        else:
            yield Dense(units, weight=first_weights(kind))
            yield cast(Layer, kind())
        if dropout:
            yield Dropout(dropout)


def output_layer(settings: Settings, dataset: Dataset) -> Dense:
    """The last layer: see ``outputs_of``."""
    return Dense(outputs_of(settings, dataset))


def outputs_of(settings: Settings, dataset: Dataset) -> int:
    """How many outputs: one for each class or amount; for two classes told by yes and no, a single one.

    Raises ConfigError for sigmoid cross-entropy between more than two classes.
    """
    loss = None if settings.loss is None else spec.decode(settings.loss, Loss)
    if dataset.task != "classification" or not isinstance(loss, SigmoidCrossEntropy):
        return dataset.outputs
    if dataset.outputs > 2:
        raise ConfigError(
            f"SigmoidCrossEntropy answers yes or no, and {dataset.target!r} has {dataset.outputs} classes, of which "
            "one is true: take SoftmaxCrossEntropy"
        )
    return 1


def join_sizes(sizes: Sequence[int]) -> str:
    """Sizes in words: "128, 64", or "none"."""
    return ", ".join(map(str, sizes)) or "none"
