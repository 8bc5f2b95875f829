"""From settings to a network, its loss, and its way of training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from pellucid import ops, require, spec
from pellucid.cli.settings import Settings
from pellucid.combinators import Chain
from pellucid.errors import ConfigError
from pellucid.initializers import FanIn, Glorot, He, Initializer
from pellucid.layer import Layer, Loss, infer_output, shape_of
from pellucid.layers import Dense, Maxout
from pellucid.layers.facts import Facts
from pellucid.losses import MeanSquaredError, SoftmaxCrossEntropy
from pellucid.optim import ClipByNorm, Optimizer
from pellucid.regularize import ElasticNet, MaxNorm, Penalty

HIDDEN = (128, 64)
ACTIVATION = "ReLU"
FIRST_WEIGHTS: dict[str, Initializer] = {"SELU": FanIn(), "Tanh": Glorot(), "Sigmoid": Glorot(), "HardTanh": Glorot()}
"""The initialiser that suits an activation; He for all others, which are kin of ReLU."""


def make_network(settings: Settings, outputs: int) -> Layer:
    """The network asked for, with ``outputs`` outputs. Raises ConfigError for what cannot be."""
    if settings.network is not None:
        return spec.decode(settings.network, Layer)
    hidden = HIDDEN if settings.hidden is None else settings.hidden
    name = ACTIVATION if settings.activation is None else settings.activation
    kind = spec.find(Facts, name, "activation")
    layers: list[Layer] = []
    for units in hidden:
        require.positive_int("hidden", "every size", units)
        if issubclass(kind, Maxout):
            layers.append(Maxout(units, pieces=2))
        else:
            layers += [Dense(units, weight=FIRST_WEIGHTS.get(kind.__name__, He())), cast(Layer, kind())]
    return Chain(*layers, Dense(outputs))


def make_loss(settings: Settings, task: str) -> Loss:
    """The loss asked for; else softmax cross-entropy for classes and the mean squared error for amounts."""
    if settings.loss is None:
        return SoftmaxCrossEntropy() if task == "classification" else MeanSquaredError()
    loss = spec.decode(settings.loss, Loss)
    if loss.task != task:
        raise ConfigError(f"the loss {loss!r} is for {loss.task}, and this is {task}: choose another, or --task")
    return loss


def check_outputs(model: Layer, like: Any, classes: Sequence[str] | None) -> None:
    """Raise ConfigError unless the network has an output for each class (or one for two classes), or 1 for amounts."""
    params, state = model.init(ops.key(0), like)
    shape = shape_of(infer_output(model, params, state, like))[1:]
    fitting = [(1,)] if classes is None else [(len(classes),), *([(1,)] if len(classes) == 2 else [])]
    if shape not in fitting:
        wanted = "1 output" if classes is None else f"{len(classes)} outputs, one for each class"
        raise ConfigError(f"the network gives outputs of shape {shape}, the data needs {wanted}: mend its last layer")


def make_optimizer(settings: Settings) -> Optimizer:
    """The update rule asked for, with the learning rate asked for."""
    described = settings.optimizer if isinstance(settings.optimizer, dict) else {"type": settings.optimizer}
    if settings.learning_rate is not None:
        if "learning_rate" in described:
            raise ConfigError("learning_rate is given twice: in optimizer and by itself; keep one")
        described = {**described, "learning_rate": settings.learning_rate}
    return spec.decode(described, Optimizer)


def training_options(settings: Settings, examples: int) -> dict[str, Any]:
    """The keyword arguments of ``fit`` that settings decide."""
    from pellucid.train import EarlyStopping

    penalty: Penalty | None = ElasticNet(settings.l1, settings.l2) if settings.l1 or settings.l2 else None
    return {
        "optimizer": make_optimizer(settings),
        "epochs": settings.epochs,
        "batch_size": settings.batch_size or (32 if examples < 5000 else 128),
        "seed": settings.seed,
        "penalty": penalty,
        "clip": None if settings.clip_norm is None else ClipByNorm(settings.clip_norm),
        "constraint": None if settings.max_norm is None else MaxNorm(settings.max_norm),
        "class_weight": settings.class_weight,
        "early_stopping": EarlyStopping(settings.patience) if settings.patience else None,
        "engine": settings.engine,
    }
