"""What to try against a symptom: a part of the network's state, to be put in its place, and taken back again."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from pellucid.diagnosis.symptoms import Symptom
from pellucid.playground.state import LayerState, NetworkState

Patch = dict[str, Any]
"""Fields of ``NetworkState`` as JSON has them."""

RATES = (1e-5, 1e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
"""Learning rates that a remedy may choose: those of the page."""

STEADY = 0.5
"""A rate is chosen that would be steady at twice the sharpness: it grows as training goes on."""

GONE = 1e-3
"""Weights below this have been taken away by the penalty."""


def remedy_of(symptom: Symptom, state: NetworkState, layers: tuple[str, ...]) -> Patch | None:
    """The change to try; None where none is known. ``layers`` are the paths of the hidden layers, in order."""
    remedy = REMEDIES[symptom.name]
    return remedy(symptom, state, layers)


def _slower(rate: float) -> float:
    """The largest rate that is at most ``rate``."""
    return max((known for known in RATES if known <= rate * (1 + 1e-9)), default=RATES[0])


def _divergence(symptom: Symptom, state: NetworkState, layers: tuple[str, ...]) -> Patch:
    return {"learning_rate": _slower(state.learning_rate / 10.0)}


def _oscillation(symptom: Symptom, state: NetworkState, layers: tuple[str, ...]) -> Patch:
    sharpness, limit = float(symptom.seen["sharpness"]), float(symptom.seen["limit"])
    return {"learning_rate": _slower(state.learning_rate * STEADY * limit / sharpness)}


def _another_activation(path: str | None, activation: str, state: NetworkState, layers: tuple[str, ...]) -> list[Any]:
    """The hidden layers with another activation, those at ``path`` alone or all."""
    named = [
        LayerState(units=layer.units, activation=activation if path in (None, name) else layer.activation)  # type: ignore[arg-type]
        for layer, name in zip(state.layers, layers, strict=True)
    ]
    return [layer.model_dump() for layer in named]


def _dead_units(symptom: Symptom, state: NetworkState, layers: tuple[str, ...]) -> Patch:
    return {"layers": _another_activation(symptom.path, "leaky_relu", state, layers)}


def _saturated_units(symptom: Symptom, state: NetworkState, layers: tuple[str, ...]) -> Patch:
    if state.initializer == "large":
        return {"initializer": "glorot"}
    if state.preparation in ("none", "centre", "decorrelate"):
        return {"preparation": "normalise"}
    return {"layers": _another_activation(symptom.path, "relu", state, layers), "initializer": "he"}


def _fading_gradients(symptom: Symptom, state: NetworkState, layers: tuple[str, ...]) -> Patch:
    if state.initializer in ("small", "zeros"):
        return {"initializer": "glorot"}
    return {"layers": _another_activation(None, "relu", state, layers), "initializer": "he"}


def _exploding_gradients(symptom: Symptom, state: NetworkState, layers: tuple[str, ...]) -> Patch:
    if state.initializer == "large":
        return {"initializer": "glorot"}
    if state.clip_norm is None:
        return {"clip_norm": 1.0}
    return {"learning_rate": _slower(state.learning_rate / 10.0)}


def _overfitting(symptom: Symptom, state: NetworkState, layers: tuple[str, ...]) -> Patch:
    if state.penalty == "none" or not state.penalty_rate:
        return {"penalty": "l2", "penalty_rate": 0.003}
    if state.penalty_rate < 0.1:
        return {"penalty_rate": min(0.1, _rounded(state.penalty_rate * 3.0))}
    return {"patience": 50}


def _symmetric_units(symptom: Symptom, state: NetworkState, layers: tuple[str, ...]) -> Patch | None:
    return None if state.initializer == "glorot" else {"initializer": "glorot"}


def _no_progress(symptom: Symptom, state: NetworkState, layers: tuple[str, ...]) -> Patch | None:
    if state.penalty != "none" and float(symptom.seen["weights"]) < GONE:
        return {"penalty": "none", "penalty_rate": 0.0, "seed": state.seed + 1}  # from weights of 0 nothing begins
    faster = [rate for rate in RATES if rate > state.learning_rate * 3.0]
    return {"learning_rate": faster[0]} if faster else None


def _rounded(number: float) -> float:
    """To one significant digit."""
    return round(number, -math.floor(math.log10(number)))


REMEDIES: dict[str, Callable[[Symptom, NetworkState, tuple[str, ...]], Patch | None]] = {
    "divergence": _divergence,
    "dead_units": _dead_units,
    "saturated_units": _saturated_units,
    "fading_gradients": _fading_gradients,
    "exploding_gradients": _exploding_gradients,
    "oscillation": _oscillation,
    "overfitting": _overfitting,
    "symmetric_units": _symmetric_units,
    "no_progress": _no_progress,
}
