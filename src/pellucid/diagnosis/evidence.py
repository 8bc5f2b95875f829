"""What speaks for a fault before anything is tried: it orders the changes, and proves nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np

from pellucid.diagnosis.case import Case
from pellucid.diagnosis.first_pass import FirstPass
from pellucid.diagnosis.rewrite import flat_layers, is_activation
from pellucid.diagnosis.trial import Trial
from pellucid.layers import Dense, Dropout, Identity, Softmax
from pellucid.layers.activations.activation_info import ActivationInfo
from pellucid.losses import SigmoidCrossEntropy, SoftmaxCrossEntropy
from pellucid.regularize import L1, L2
from pellucid.trees import flatten

STRONG, SOME, CONTRARY = 3, 1, -2
"""A number that few healthy trainings have; one that goes with the fault; one that speaks against it."""

LARGE, SMALL = 4.0, 0.1
"""Root mean square of inputs and targets: those of usual data sets, scaled, lie from 0.3 to 2, within 0.1 and 4."""
DEEP = 4
"""Hidden layers from which signals fade or grow noticeably with usual starts."""
UNUSUAL = 30.0
"""A rate so many times its rule's default, or that part of it."""

Evidence = Callable[[Case, Trial], dict[str, float]]


def weigh_faults(case: Case, base: Trial) -> Counter[str]:
    """How much speaks for each fault, by its name."""
    total: Counter[str] = Counter()
    for source in SOURCES:
        total.update(source(case, base))
    return total


def _of_inputs(case: Case, base: Trial) -> dict[str, float]:
    if not case.x_is_array or len(case.train) < 2:
        return {}
    x = np.asarray(case.rows(2000).x, np.float64).reshape(min(len(case.train), 2000), -1)
    sizes = np.sqrt((x**2).mean(axis=0))
    largest = float(sizes.max())
    if largest > LARGE or largest < SMALL:
        found = {"inputs not scaled": float(STRONG)}
    else:
        found = {"inputs not scaled": float(CONTRARY), "inputs correlated": 0.0}
    varied = x.std(axis=0) > 0
    if 2 <= varied.sum() <= 500 < np.linalg.cond(np.corrcoef(x[:, varied], rowvar=False)):
        found["inputs correlated"] = SOME
    return found


def _of_targets(case: Case, base: Trial) -> dict[str, float]:
    if case.answers != "amounts":
        return {}
    size = float(np.sqrt((np.asarray(case.train.y, np.float64) ** 2).mean()))
    return {"targets not scaled": STRONG if size > LARGE or size < SMALL else CONTRARY}


def _of_first_weights(case: Case, base: Trial) -> dict[str, float]:
    """By fan-in, deviations are between 1 and 1.5 over its root: see ``pellucid.initializers``."""
    sizes = [
        float(np.asarray(leaf).std() * np.sqrt(leaf.shape[-2]))
        for path, leaf in flatten(FirstPass(case, 2).params).items()
        if path.rpartition("/")[2] == "W" and leaf.ndim == 2 and min(leaf.shape) > 1
    ]
    unusual = any(size > 3 or size < SMALL for size in sizes)
    return {"initialisation": STRONG if unusual else 0}


def _of_structure(case: Case, base: Trial) -> dict[str, float]:
    layers = flat_layers(case.model)
    if layers is None:
        return {}
    dense = [i for i, layer in enumerate(layers) if isinstance(layer, Dense)]
    if len(dense) < 2:
        return {}
    found: dict[str, float] = {}
    hidden = [layer for layer in layers[: dense[-1]] if is_activation(layer) and not isinstance(layer, Identity)]
    if not hidden or any(isinstance(layer, Softmax) or _explodes(layer) for layer in hidden):
        found["hidden activation"] = STRONG
    if len(dense) - 1 >= DEEP:
        found |= {"too deep": SOME + 0.5, "initialisation": SOME}
        found["hidden activation"] = found.get("hidden activation", 0) + (STRONG if any(map(_saturates, hidden)) else 0)
    narrowest, outputs = min(_units(layers[i]) for i in dense[:-1]), _units(layers[dense[-1]])
    if narrowest <= max(2, outputs // 3):
        found["too few units"] = STRONG
    return found


def _of_output(case: Case, base: Trial) -> dict[str, float]:
    layers = [layer for layer in (flat_layers(case.model) or ()) if not isinstance(layer, Dropout)]
    last = layers[-1] if layers else None
    if not is_activation(last) or isinstance(last, Identity):
        regression = case.loss.task == "regression" and case.classify
        return {"output does not fit its loss": SOME if regression else CONTRARY}
    if isinstance(case.loss, (SoftmaxCrossEntropy, SigmoidCrossEntropy)) or case.answers == "amounts":
        return {"output does not fit its loss": STRONG}
    return {"output does not fit its loss": SOME + 0.5}


def _of_course(case: Case, base: Trial) -> dict[str, float]:
    """How the training loss went."""
    losses = np.array(base.losses)
    if base.diverged or len(losses) < 4 or not np.isfinite(losses).all():
        return {"rate too high": SOME + 1, "exploding gradients": SOME} if base.diverged else {}
    changes, size = np.diff(losses), max(abs(float(losses[0])), 1e-12)
    up = changes[changes > 0.01 * size]
    fallen = float(losses[0] - losses.min())
    late = float(losses[-max(2, len(losses) // 4)] - losses[-1])
    if fallen > 0 and late > 0.1 * fallen and len(up) <= len(changes) / 10:
        return {"rate too low": SOME + 1, "too few steps": SOME}  # it falls to the end
    if len(up) > len(changes) / 5:
        return {"rate too high": SOME + 1}
    return {}


def _of_rate(case: Case, base: Trial) -> dict[str, float]:
    rate, usual = case.learning_rate, getattr(type(case.optimizer), "learning_rate", None)
    if not rate or not isinstance(usual, (int, float)) or usual <= 0:
        return {}
    if rate > UNUSUAL * usual:
        return {"rate too high": SOME + 1}
    return {"rate too low": SOME + 1} if rate * UNUSUAL < usual else {}


def _of_fit(case: Case, base: Trial) -> dict[str, float]:
    """Examples learnt by heart, or not even these."""
    if base.train_error < 0.5 * base.error:
        return {"overfitting": STRONG, "labels": SOME}
    return {"overfitting": CONTRARY, "too few units": 0.5, "rate too low": 0.5}


def _of_settings(case: Case, base: Trial) -> dict[str, float]:
    penalty = case.options.get("penalty")
    strength = max(getattr(penalty, "strength", 0.0), 0.0) if isinstance(penalty, (L1, L2)) else 0.0
    rates = [layer.rate for layer in (flat_layers(case.model) or ()) if isinstance(layer, Dropout)]
    found = {"too much penalty": STRONG if strength >= 0.1 else SOME} if penalty is not None else {}
    return {**found, **({"too much dropout": STRONG if max(rates) > 0.5 else SOME} if rates else {})}


def _units(layer: object) -> int:
    return layer.units if isinstance(layer, Dense) else 0


def _saturates(layer: object) -> bool:
    return isinstance(layer, ActivationInfo) and bool(np.isfinite(layer.output_range).all())


def _explodes(layer: object) -> bool:
    """An activation that grows faster than its input, as the exponential does."""
    function = getattr(layer, "function", None)
    return function is not None and float(np.abs(function(np.array([10.0])))[0]) > 1000


SOURCES: tuple[Evidence, ...] = (
    _of_inputs, _of_targets, _of_first_weights, _of_structure, _of_output, _of_course, _of_rate, _of_fit, _of_settings,
)  # fmt: skip
