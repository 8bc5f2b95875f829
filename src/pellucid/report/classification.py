"""Measures of a classifier, class by class, and how well its probabilities are calibrated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

BINS = 10
"""Probabilities are compared with what came true in so many ranges."""

LARGEST_MATRIX = 100
"""With more classes than this there is no confusion matrix: each class still says what it was taken for."""

MOST = 3
"""So many classes that a class was taken for are named."""


def class_scores(said: Any, are_probabilities: bool) -> Any:
    """The score of each class, (B, K), of what a classifier says, also where one output, (B, 1), tells two apart."""
    said = np.asarray(said)
    if said.shape[-1] > 1:
        return said
    return np.concatenate([1 - said if are_probabilities else -said, said], axis=-1)


def classifier_figures(truth: Any, decided: Any, scores: Any, are_probabilities: bool) -> dict[str, float]:
    """Figures of all classes together.

    ``macro_f1``: the mean of F1 over the classes that are there or were decided for. ``roc_auc``: the area under the
    curve of true against false positives, of several classes the mean over each against the rest; NaN where no class
    has examples both of it and of others. Of probabilities also ``brier``, the mean of ``sum_k (p_k - q_k)^2``, q
    being 1 at the true class, half of it for two classes; and ``calibration_error``, how far confidence is from the
    share that is right, on average over the ranges of ``reliability``.
    Shapes: truth and decided (B,), labels; scores (B, K). Sources: Brier 1950, "Verification of forecasts expressed
    in terms of probability"; Guo et al. 2017, "On calibration of modern neural networks", eq. 3.
    """
    from sklearn.metrics import f1_score

    figures = {
        "macro_f1": float(f1_score(truth, decided, average="macro", zero_division=0)),
        "roc_auc": _roc_auc(truth, scores),
    }
    if are_probabilities:
        K = scores.shape[1]
        squares = ((scores.astype(np.float64) - np.eye(K)[truth]) ** 2).sum(axis=1)
        figures["brier"] = float(squares.mean()) / (2 if K == 2 else 1)
        bins = reliability(truth, decided, scores)
        off = [entry["examples"] * abs(entry["confidence"] - entry["accuracy"]) for entry in bins]
        figures["calibration_error"] = sum(off) / len(truth) if bins else float("nan")
    return figures


def reliability(truth: Any, decided: Any, probabilities: Any) -> list[dict[str, Any]]:
    """The ranges of ``confidence`` (the probability of the class decided for) that occur, ``from`` and ``to``.

    ``examples`` says how many there are, ``confidence`` its mean, ``accuracy`` the share that is right. None, where a
    probability is NaN.
    """
    if not np.isfinite(probabilities).all():
        return []
    confidence = np.take_along_axis(probabilities, decided[:, None], axis=1)[:, 0].astype(np.float64)
    place = np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1)
    return [
        {
            "from": k / BINS,
            "to": (k + 1) / BINS,
            "examples": int((place == k).sum()),
            "confidence": float(confidence[place == k].mean()),
            "accuracy": float((decided == truth)[place == k].mean()),
        }
        for k in np.unique(place).tolist()
    ]


def class_figures(truth: Any, decided: Any, classes: Sequence[str]) -> list[dict[str, Any]]:
    """Figures of each class: ``precision``, ``recall``, ``f1``, ``support`` (its examples), ``decided`` (for it).

    ``taken_for`` has the classes that its examples were most often taken for, with how often. NaN for a precision
    without decisions, and for a recall without examples. Shapes: truth and decided (B,), labels.
    """
    from sklearn.metrics import precision_recall_fscore_support

    K = len(classes)
    columns = precision_recall_fscore_support(truth, decided, labels=range(K), zero_division=np.nan)
    decisions = np.bincount(decided, minlength=K)
    figures = []
    for k, (precision, recall, f1, support) in enumerate(zip(*columns, strict=True)):
        wrong = np.bincount(decided[(truth == k) & (decided != k)], minlength=K)
        most = [other for other in np.argsort(-wrong, kind="stable")[:MOST] if wrong[other]]
        figures.append(
            {
                "class": classes[k],
                "precision": float(precision),
                "recall": float(recall),
                "f1": float(f1),
                "support": int(support),
                "decided": int(decisions[k]),
                "taken_for": {classes[other]: int(wrong[other]) for other in most},
            }
        )
    return figures


def confusion(truth: Any, decided: Any, size: int) -> list[list[int]] | None:
    """How often class i (row) was taken for class j (column); None for more than ``LARGEST_MATRIX`` classes."""
    from sklearn.metrics import confusion_matrix

    if size > LARGEST_MATRIX:
        return None
    matrix: list[list[int]] = confusion_matrix(truth, decided, labels=range(size)).tolist()
    return matrix


def _roc_auc(truth: Any, scores: Any) -> float:
    from sklearn.metrics import roc_auc_score

    if not np.isfinite(scores).all():
        return float("nan")
    classes = [1] if scores.shape[1] == 2 else range(scores.shape[1])
    areas = [roc_auc_score(truth == k, scores[:, k]) for k in classes if 0 < (truth == k).sum() < len(truth)]
    return float(np.mean(areas)) if areas else float("nan")
