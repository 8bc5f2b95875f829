"""Whether labels follow from inputs at all, and in both parts alike: cross-validated plain models say so."""

from __future__ import annotations

import warnings

import numpy as np

from pellucid.diagnosis.case import Case
from pellucid.diagnosis.finding import Finding
from pellucid.diagnosis.reference import MOST_COLUMNS, plain_models, plain_pair

FOLDS = 3
FEWEST = 100
"""Examples without which cross-validation says too little."""
MOST_ROWS = 2_000
SURE = 2.0
"""Standard errors above the most frequent class that are more than chance, of any of three models."""
MOSTLY = 0.6
"""The share of a class that is told to be another one from which it is that one: most of it, by more than chance."""
OF_A_CLASS = 8
"""Held-out examples of a class without which nothing is said about it."""


def labels_and_inputs(case: Case) -> list[Finding]:
    """Classes that no plain model tells apart better than by chance; classes that validation calls by another name."""
    plain, held_out = plain_pair(case.rows(MOST_ROWS)), plain_pair(case.validation)
    if case.answers != "classes" or plain is None or held_out is None:
        return []
    x, y = plain
    counts = np.bincount(y)
    usable = len(y) >= FEWEST and x.shape[1] <= MOST_COLUMNS and np.isfinite(x).all() and np.isfinite(held_out[0]).all()
    if not usable or (counts > 0).sum() < 2 or counts[counts > 0].min() < FOLDS:
        return []
    said = _cross_validated(x, y)
    best = max(float((answer == y).mean()) for answer in said.values())
    chance = float(counts.max() / len(y))
    if best <= chance + SURE * float(np.sqrt(chance * (1 - chance) / len(y))):
        return [_chance_alone(best, chance, len(y))]
    return _renamed(y, said["nearest neighbours"], held_out[1], _fitted(x, y, held_out[0]))


def _renamed(y: np.ndarray, said: np.ndarray, true: np.ndarray, told: np.ndarray) -> list[Finding]:
    """Classes that training data know well by themselves, and that validation calls otherwise."""
    found = []
    for label in np.unique(true):
        here, there = true == label, y == label
        if here.sum() < OF_A_CLASS or not there.any() or (said[there] == label).mean() < MOSTLY:
            continue
        other = int(np.bincount(told[here]).argmax())
        share = float((told[here] == other).mean())
        if other != label and share >= MOSTLY:
            found.append((int(label), other, share))
    if not found:
        return []
    pairs = ", ".join(f"{share:.0%} of class {label} look like class {other}" for label, other, share in found)
    return [
        Finding(
            "labels of the parts disagree",
            "error",
            f"by the labels of the training examples, of the validation examples {pairs}",
            "The same kind of example is called one thing in training, another in validation: labels were swapped, or "
            "have other numbers, in one of the parts.",
            numbers={f"{label} as {other}": share for label, other, share in found},
        )
    ]


def _chance_alone(best: float, chance: float, rows: int) -> Finding:
    return Finding(
        "labels do not follow from inputs",
        "error",
        f"of {rows} training examples, held out in turn, plain models get {best:.3f} right, the most frequent class "
        f"alone {chance:.3f}",
        "Neither neighbours, nor a linear model, nor a forest find anything in inputs that tells the labels: inputs "
        "and labels were most likely read in different orders, or the inputs do not say it.",
        numbers={"best": best, "chance": chance},
    )


def _cross_validated(x: np.ndarray, y: np.ndarray) -> dict[str, np.ndarray]:
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a linear model that did not converge still tells
        return {name: cross_val_predict(model, x, y, cv=folds) for name, model in plain_models(True).items()}


def _fitted(x: np.ndarray, y: np.ndarray, x_held_out: np.ndarray) -> np.ndarray:
    return np.asarray(plain_models(True)["nearest neighbours"].fit(x, y).predict(x_held_out))
