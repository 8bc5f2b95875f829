"""From settings to a network, its loss, and its way of training."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from pellucid import ops, spec
from pellucid.combinators import Chain
from pellucid.data import Dataset
from pellucid.data.base.layout import RowLayout, TokenLayout
from pellucid.data.kinds import kind_of
from pellucid.errors import ConfigError
from pellucid.jobs.augmentation import augmentation_layers, put_before, with_noise
from pellucid.jobs.presets import make_preset
from pellucid.jobs.presets.parts import activation
from pellucid.jobs.settings import NetworkSettings, Settings
from pellucid.layer import Layer, Loss, shape_of
from pellucid.layers import DenseEnsemble
from pellucid.losses import EnsembleLoss, MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy
from pellucid.optim import ClipByNorm, Optimizer
from pellucid.regularize import ElasticNet, MaxNorm, Penalty
from pellucid.shape_inference import infer_output

OF_PLAIN_NETWORKS = (*NetworkSettings.model_fields, "max_norm")
"""Settings that speak of a plain network: who gives them gets one."""


def make_network(settings: Settings, dataset: Dataset) -> tuple[Layer, tuple[str, ...]]:
    """The network asked for, and notes on what was picked and on other libraries' names.

    Raises ConfigError for what cannot be.
    """
    if not dataset.layout.are_amounts:
        _refuse_arithmetic(settings, dataset)
    if isinstance(settings.network, dict):
        model = spec.decode(settings.network, Layer)
        return model, spec.foreign_names(settings.network, model)
    layers, seen = augmentation_layers(settings.augment, dataset) if settings.augment else ((), dataset)
    model, note = make_preset(name_network(settings, dataset), settings, seen)
    model = put_before(layers, model) if layers else model
    names = spec.foreign_names(settings.activation, activation(settings))
    return with_noise(model, settings.input_noise, settings.weight_noise), (*names, note)


def name_network(settings: Settings, dataset: Dataset) -> str:
    """The name of the network that ``make_network`` makes; of one that is given whole the type of its outermost layer.

    Where none was asked for, it is the one that suits the kind of data; in the place of an ensemble a plain one where
    inputs are no row of numbers, where they are to be reconstructed, and where settings say what hidden layers or units
    are like.
    """
    if settings.network is not None:
        return settings.network if isinstance(settings.network, str) else str(settings.network.get("type"))
    usual = kind_of(dataset.preprocessing).network
    plain_row = isinstance(dataset.layout, RowLayout) and dataset.task != "reconstruction"
    said = any(getattr(settings, name) is not None for name in OF_PLAIN_NETWORKS)
    return "mlp" if usual == "ensemble" and (said or not plain_row) else usual


def _refuse_arithmetic(settings: Settings, dataset: Dataset) -> None:
    """Raise ConfigError for what would change numbers that stand for things, of which none lies between others."""
    kind, hint = kind_of(dataset.preprocessing).what, ""
    if isinstance(dataset.layout, TokenLayout):
        kind, hint = "a text as a sequence", ", or train on weights of terms (features bag, --features bag)"
    for name in ("augment", "input_noise", "mixup"):
        if getattr(settings, name):
            raise ConfigError(f"{name} changes numbers, but in {kind} they stand for things: leave it out{hint}")


def make_loss(settings: Settings, task: str, model: Layer | None = None) -> Loss:
    """The loss asked for; else softmax cross-entropy for classes and the mean squared error for amounts.

    Of a model that ends in an ensemble it is the mean over its members.
    """
    loss = _loss_of_one(settings, task)
    while isinstance(model, Chain) and model.layers:
        model = model.layers[-1]
    return EnsembleLoss(loss) if isinstance(model, DenseEnsemble) else loss


def _loss_of_one(settings: Settings, task: str) -> Loss:
    if task == "multi-label":
        return _loss_of_labels(settings)
    kind = "classification" if task == "classification" else "regression"
    if settings.loss is None:
        usual = SoftmaxCrossEntropy() if kind == "classification" else MeanSquaredError()
        return _smoothed(usual, settings.label_smoothing)
    loss = spec.decode(settings.loss, Loss)
    if loss.task != kind:
        raise ConfigError(f"the loss {loss!r} is for {loss.task}, and this is {task}: choose another, or --task")
    return _smoothed(loss, settings.label_smoothing)


def _loss_of_labels(settings: Settings) -> Loss:
    """Sigmoid cross-entropy, whose outputs each answer for themselves."""
    loss = SigmoidCrossEntropy() if settings.loss is None else spec.decode(settings.loss, Loss)
    if not isinstance(loss, SigmoidCrossEntropy):
        raise ConfigError(f"several labels are for SigmoidCrossEntropy, not for {loss!r}: leave loss out")
    return _smoothed(loss, settings.label_smoothing)


def _smoothed(loss: Loss, smoothing: float | None) -> Loss:
    if smoothing is None:
        return loss
    if not isinstance(loss, (SoftmaxCrossEntropy, SigmoidCrossEntropy)):
        raise ConfigError(f"label_smoothing is for cross-entropy between classes, not for {loss!r}: leave it out")
    return replace(loss, label_smoothing=smoothing)


OUTPUTS = {
    "classification": "outputs, one for each class",
    "regression": "outputs, one for each amount",
    "multi-label": "outputs, one for each label",
    "reconstruction": "outputs, one for each column",
    "forecasting": "outputs, one for each step and variable",
}
"""What a network needs, by the task."""


def check_outputs(model: Layer, dataset: Dataset, loss: Loss) -> None:
    """Raise ConfigError unless the network has as many outputs as the data needs; for two classes one does too."""
    like = dataset.train.take(np.arange(1)).x
    params, state = model.init(ops.key(0), like)
    y = infer_output(model, params, state, like)
    wanted = f"the data needs {dataset.outputs} {OUTPUTS[dataset.task]}"
    if not hasattr(y, "shape"):
        raise ConfigError(f"the network gives several outputs, {wanted}: mend it, or train it from Python")
    y = loss.scores(y)
    two = dataset.task == "classification" and dataset.outputs == 2
    shape = dataset.preprocessing.output_shape
    wanted += f", of shape {shape}" if len(shape) > 1 else ""
    if shape_of(y)[1:] not in [shape, *([(1,)] if two else [])]:
        raise ConfigError(f"the network gives outputs of shape {shape_of(y)[1:]}, {wanted}: mend its last layer")


def make_optimizer(settings: Settings) -> Optimizer:
    """The update rule asked for, with the learning rate asked for."""
    described = settings.optimizer if isinstance(settings.optimizer, dict) else {"type": settings.optimizer}
    if settings.learning_rate is not None:
        if "learning_rate" in described:
            raise ConfigError("learning_rate is given twice: in optimizer and by itself; keep one")
        described = {**described, "learning_rate": settings.learning_rate}
    return spec.decode(described, Optimizer)


def renamed_settings(settings: Settings, loss: Loss) -> tuple[str, ...]:
    """Other libraries' names of the loss and of the update rule, with those of here: "sgd: GradientDescent"."""
    return (*spec.foreign_names(settings.loss, loss), *spec.foreign_names(settings.optimizer, make_optimizer(settings)))


def training_options(settings: Settings, examples: int, loss: Loss | None = None) -> dict[str, Any]:
    """The keyword arguments of ``fit`` that settings decide.

    What better means is, unless settings say it, the loss; where an ensemble gives probabilities the Brier score of
    their mean, which an example that is wrong and sure does not outweigh.
    """
    from pellucid.jobs.stopping import steering_options

    if settings.monitor is None and isinstance(loss, EnsembleLoss) and loss.gives_probabilities:
        settings = settings.model_copy(update={"monitor": "brier"})
    penalty: Penalty | None = ElasticNet(settings.l1, settings.l2) if settings.l1 or settings.l2 else None
    return {
        "optimizer": make_optimizer(settings),
        "epochs": settings.epochs,
        "batch_size": settings.batch_size or (32 if examples < 5000 else 128),
        "seed": settings.seed,
        "penalty": penalty,
        "clip": None if settings.clip_norm is None else ClipByNorm(settings.clip_norm),
        "constraint": None if settings.max_norm is None else MaxNorm(settings.max_norm),
        "mixup": settings.mixup,
        "class_weight": settings.class_weight,
        "engine": settings.engine,
        "compute": settings.compute,
        **steering_options(settings),
    }
