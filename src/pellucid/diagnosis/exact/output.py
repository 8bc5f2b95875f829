"""Whether the network's output can say what the loss asks for."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.diagnosis.case import Case
from pellucid.diagnosis.finding import Finding
from pellucid.diagnosis.rewrite import layers_by_path
from pellucid.layers import Dense, Sigmoid, Softmax
from pellucid.layers.activations.activation_info import ActivationInfo
from pellucid.losses import MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy

LOGIT_LOSSES = (SoftmaxCrossEntropy, SigmoidCrossEntropy)
OUTSIDE = 0.01
"""The share of targets that may lie outside of what the output can reach without it being the fault: outliers."""


def output_and_loss(case: Case) -> list[Finding]:
    """A softmax over one unit; probabilities given to a loss that makes them itself; squared errors for classes."""
    path, last, units = _last(case)
    if isinstance(last, Softmax) and units == 1:
        return [_lone_softmax(f"{path} is a softmax over 1 unit: it always gives 1", path)]
    if isinstance(case.loss, LOGIT_LOSSES) and isinstance(last, (Softmax, Sigmoid)):
        return [_squeezed_twice(path, type(case.loss).__name__)]
    if isinstance(case.loss, SoftmaxCrossEntropy) and units == 1:
        return [_lone_softmax("softmax cross-entropy has one output to choose from: it is always sure of it", path)]
    if case.classify and isinstance(case.loss, MeanSquaredError):
        meaning = (
            "It works, but where an answer is quite wrong its gradient is small behind a softmax or sigmoid; "
            "cross-entropy has the larger one there."
        )
        return [Finding("squared error for classes", "note", "classes are learnt by the squared error", meaning)]
    return []


def _lone_softmax(seen: str, path: str) -> Finding:
    meaning = (
        "A softmax shares 1 among its units; a single one gets all, whatever the weights, so its gradient is 0. Two "
        "classes need two outputs with a softmax, or one with sigmoid cross-entropy."
    )
    return Finding("softmax over one unit", "error", seen, meaning, "e^y / e^y = 1", path=path)


def _squeezed_twice(path: str, loss: str) -> Finding:
    return Finding(
        "probabilities to a loss on logits",
        "error",
        f"{path} makes probabilities, and {loss} takes raw outputs and makes them once more",
        "Squeezed twice, the surest answer is hardly more probable than the others, the loss cannot come near 0, and "
        "gradients are small. Leave the last activation out.",
        "softmax(softmax(y))",
        path=path,
    )


def reachable_targets(case: Case) -> list[Finding]:
    """Targets outside of the range of the output's activation, where outputs are compared with targets as they are."""
    path, last, _ = _last(case)
    y = case.train.y
    compared = case.loss.task == "regression" and isinstance(y, np.ndarray) and y.dtype.kind in "fiu"
    if not compared or not isinstance(last, ActivationInfo):
        return []
    low, high = last.output_range
    outside = float(((y < low) | (y > high)).mean())
    if outside <= OUTSIDE:
        return []
    name, least, most = type(last).__name__, float(y.min()), float(y.max())
    seen = (
        f"{outside:.0%} of the targets, from {least:.4g} to {most:.4g}, lie outside of [{low:g}, {high:g}], all "
        f"that {name} at {path} can give"
    )
    meaning = (
        "However long it trains, the network cannot give these answers: it ends at the edge of what it can, where its "
        "gradient is 0. Take an output without activation, or scale the targets into its range."
    )
    return [Finding("targets out of reach", "error", seen, meaning, path=path)]


def _last(case: Case) -> tuple[str, Any, int | None]:
    """The last layer that is no noise, its path, and how many units the last layer with weights has."""
    layers = [(path, layer) for path, layer in layers_by_path(case.model) if "Dropout" not in type(layer).__name__]
    units = [layer.units for _, layer in layers if isinstance(layer, Dense)]
    path, last = layers[-1] if layers else ("", None)
    return path, last, units[-1] if units else None
