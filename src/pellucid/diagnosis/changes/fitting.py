"""Penalties, dropout, early stopping, more steps, larger batches, bounds on gradients."""

from __future__ import annotations

from pellucid.combinators import Chain
from pellucid.diagnosis.case import Case
from pellucid.diagnosis.changes.change import Change, change_of_network, change_of_options
from pellucid.diagnosis.rewrite import flat_layers, is_activation, without_dropout
from pellucid.layers import Dropout
from pellucid.optim import ClipByNorm
from pellucid.regularize import L2
from pellucid.train import EarlyStopping

LAMBDAS = (1e-3, 1e-2, 1e-1)
MORE = 5
"""How many times as many epochs, and as large a batch."""


def penalties(case: Case) -> list[Change]:
    """L2 of several strengths; and none, where there is one."""
    if case.options.get("penalty") is not None:
        return [change_of_options("no penalty", "too much penalty", penalty=None)]
    return [
        change_of_options(f"an L2 penalty of {strength:g}", "overfitting", penalty=L2(strength)) for strength in LAMBDAS
    ]


def dropouts(case: Case) -> list[Change]:
    """Dropout behind the hidden activations; and none, where there is some."""
    layers = flat_layers(case.model)
    if layers is None:
        return []
    if any(isinstance(layer, Dropout) for layer in layers):
        return [change_of_network("no dropout", "too much dropout", without_dropout(case.model))]
    last = max((i for i, layer in enumerate(layers) if hasattr(layer, "weight")), default=0)
    with_dropout = Chain(
        *(
            part
            for i, layer in enumerate(layers)
            for part in ((layer, Dropout(0.3)) if is_activation(layer) and i < last else (layer,))
        )
    )
    if with_dropout == Chain(*layers):
        return []
    return [change_of_network("dropout of 0.3", "overfitting", with_dropout)]


def stopping(case: Case) -> list[Change]:
    """Early stopping, on a part of the training examples held out, so that validation stays unseen."""
    if case.options.get("early_stopping") is not None or case.epochs < 10 or len(case.train) < 20:
        return []
    patience = max(5, case.epochs // 10)
    rule = EarlyStopping(patience=patience)
    return [change_of_options("early stopping", "overfitting", early_stopping=rule, validation=0.2)]


def more_steps(case: Case) -> list[Change]:
    """More epochs. It is more work, and only that: a fault where far too few were done."""
    return [change_of_options(f"{MORE} times as many epochs", "too few steps", MORE, epochs=MORE * case.epochs)]


def batches(case: Case) -> list[Change]:
    """Larger batches, with as many steps; smaller ones where there is one step an epoch."""
    size = min(MORE * case.batch_size, len(case.train))
    if size == case.batch_size or case.batch_size >= 64:
        return []
    epochs = max(1, round(case.epochs * size / case.batch_size))
    cost = size / case.batch_size
    return [change_of_options(f"batches of {size}", "batch too small", cost, batch_size=size, epochs=epochs)]


def clipping(case: Case) -> list[Change]:
    """Gradients no longer than 1."""
    if case.options.get("clip") is not None:
        return []
    return [change_of_options("gradients no longer than 1", "exploding gradients", clip=ClipByNorm(1.0))]
