"""Measures of a network that answers several questions of two classes each, label by label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pellucid.data.base.targets import LabelsTarget


def multi_label_figures(truth: Any, decided: Any, scores: Any, are_probabilities: bool) -> dict[str, float]:
    """Figures of all labels together: ``macro_f1`` and ``roc_auc``, the means of those of each label.

    A label counts for F1 where it is true or was decided for, for the area where it is true of some examples and not of
    all; NaN where no label counts. Of probabilities also ``brier``, the mean of ``(p - t)^2`` over labels and examples.
    Shapes: truth (0 or 1), decided (bool) and scores (B, K).
    """
    from sklearn.metrics import f1_score

    f1 = f1_score(truth, decided, average=None, zero_division=np.nan)
    areas = np.array([_roc_auc(truth[:, k], scores[:, k]) for k in range(truth.shape[1])])
    figures = {"macro_f1": _mean(f1), "roc_auc": _mean(areas)}
    if are_probabilities:
        figures["brier"] = float(((scores.astype(np.float64) - truth) ** 2).mean())
    return figures


def label_figures(truth: Any, decided: Any, scores: Any, target: LabelsTarget) -> list[dict[str, Any]]:
    """Figures of each label: ``precision``, ``recall``, ``f1``, ``support`` (examples it is true of), ``decided`` (for
    it), ``roc_auc``; ``class`` is the class that counts as true.

    NaN for a precision without decisions, a recall without examples, and an area without examples of both kinds.
    Shapes as for ``multi_label_figures``.
    """
    from sklearn.metrics import precision_recall_fscore_support

    columns = precision_recall_fscore_support(truth, decided, zero_division=np.nan, average=None)
    return [
        {
            "label": part.name,
            "class": part.classes[1],
            "precision": float(precision),
            "recall": float(recall),
            "f1": float(f1),
            "support": int(support),
            "decided": int(decided[:, k].sum()),
            "roc_auc": _roc_auc(truth[:, k], scores[:, k]),
        }
        for k, (part, precision, recall, f1, support) in enumerate(zip(target.targets, *columns, strict=True))
    ]


def _roc_auc(truth: Any, scores: Any) -> float:
    from sklearn.metrics import roc_auc_score

    if not np.isfinite(scores).all() or not 0 < truth.sum() < len(truth):
        return float("nan")
    return float(roc_auc_score(truth, scores))


def _mean(figures: np.ndarray) -> float:
    """The mean of those that are not NaN."""
    there = figures[~np.isnan(figures)]
    return float(there.mean()) if len(there) else float("nan")
