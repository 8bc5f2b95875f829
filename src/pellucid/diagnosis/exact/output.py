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
    """Probabilities that are given to a loss which makes probabilities itself; a softmax over one unit."""
    path, last, units = _last(case)
    if isinstance(last, Softmax) and units == 1:
        return [
            _fault(
                "softmax over one unit",
                f"{path} is a softmax over 1 unit: it always gives 1",
                "A softmax shares 1 among its units; a single one gets all of it, whatever the weights. Nothing is learnt.",
                "e^y / e^y = 1",
                path,
            )
        ]
    if isinstance(case.loss, LOGIT_LOSSES) and isinstance(last, (Softmax, Sigmoid)):
        return [
            _fault(
                "probabilities to a loss on logits",
                f"{path} makes probabilities, and {type(case.loss).__name__} takes raw outputs and makes them once more",
                "Squeezed twice, the most certain answer is hardly more probable than the others, the loss cannot come "
                "near 0, and gradients are small. Leave the last activation out.",
                "softmax(softmax(y))",
                path,
            )
        ]
    if isinstance(case.loss, SoftmaxCrossEntropy) and units == 1:
        return [
            _fault(
                "softmax over one unit",
                "softmax cross-entropy has one output to choose from: it is always certain, and its gradient 0",
                "Two classes need two outputs with a softmax, or one with sigmoid cross-entropy.",
                "e^y / e^y = 1",
                path,
            )
        ]
    if case.classify and isinstance(case.loss, MeanSquaredError):
        return [
            Finding(
                "squared error for classes",
                "note",
                "classes are learnt by the squared error",
                "It works, but where an answer is quite wrong its gradient is small; cross-entropy has the larger one there.",
            )
        ]
    return []


def reachable_targets(case: Case) -> list[Finding]:
    """Targets outside of the range of the output's activation, where outputs are compared with targets as they are."""
    path, last, _ = _last(case)
    y = case.train.y
    compared = case.loss.task == "regression" and not isinstance(case.loss, LOGIT_LOSSES)
    if (
        not compared
        or not isinstance(last, ActivationInfo)
        or not isinstance(y, np.ndarray)
        or y.dtype.kind not in "fiu"
    ):
        return []
    low, high = last.output_range
    outside = float(((y < low) | (y > high)).mean())
    if outside <= OUTSIDE:
        return []
    return [
        _fault(
            "targets out of reach",
            f"{outside:.0%} of the targets lie outside of [{low:g}, {high:g}], all that {type(last).__name__} at {path} can give "
            f"(targets from {float(y.min()):.4g} to {float(y.max()):.4g})",
            "However long it trains, the network cannot give these answers: it ends at the edge of what it can, where its "
            "gradient is 0. Take an output without activation, or scale the targets into its range.",
            "",
            path,
        )
    ]


def _last(case: Case) -> tuple[str, Any, int | None]:
    """The last layer that is no noise, its path, and how many units the last layer with weights has."""
    layers = [(path, layer) for path, layer in layers_by_path(case.model) if "Dropout" not in type(layer).__name__]
    units = [layer.units for _, layer in layers if isinstance(layer, Dense)]
    path, last = layers[-1] if layers else ("", None)
    return path, last, units[-1] if units else None


def _fault(name: str, seen: str, meaning: str, formula: str, path: str) -> Finding:
    return Finding(name, "error", seen, meaning, formula, path=path)
