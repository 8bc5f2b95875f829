"""Raw outputs, and the loss that belongs to them and to the targets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pellucid.combinators import Chain
from pellucid.diagnosis.case import Case
from pellucid.diagnosis.changes.change import Change
from pellucid.diagnosis.changes.network import last_weights
from pellucid.diagnosis.rewrite import flat_layers
from pellucid.layer import Loss
from pellucid.layers import Dense
from pellucid.losses import MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy


def outputs(case: Case) -> list[Change]:
    """No activation at the output, with softmax or sigmoid cross-entropy for classes, the squared error for amounts."""
    layers = flat_layers(case.model) or ()
    place = last_weights(layers)
    fitting = _fitting_loss(case)
    if fitting is None or place >= len(layers):
        return []
    units, loss = fitting
    last = layers[place]
    if not isinstance(last, Dense):
        return []
    model = Chain(*layers[:place], replace(last, units=units))
    if (model, loss) == (Chain(*layers), case.loss):
        return []
    return [
        Change(
            f"raw outputs with {type(loss).__name__}",
            "output does not fit its loss",
            lambda case: replace(case, model=model, loss=loss),
            {"model": model, "loss": loss},
        )
    ]


def _fitting_loss(case: Case) -> tuple[int, Loss] | None:
    """How many outputs targets want, and the loss between these and them; None for targets of other forms."""
    y = case.train.y
    if not isinstance(y, np.ndarray) or y.ndim > 2:
        return None
    if case.answers == "classes" and y.ndim == 1 and y.dtype.kind in "iu":
        return int(y.max()) + 1, SoftmaxCrossEntropy()
    if case.answers == "classes" and y.ndim == 2 and y.shape[1] > 1:
        return y.shape[1], SoftmaxCrossEntropy()
    if case.answers in ("classes", "labels") and y.ndim == 2:
        return y.shape[1], SigmoidCrossEntropy()
    if case.answers == "amounts" and y.ndim == 2:
        same = case.loss.task == "regression"  # another loss for amounts is a choice, no fault
        return y.shape[1], case.loss if same else MeanSquaredError()
    return None
