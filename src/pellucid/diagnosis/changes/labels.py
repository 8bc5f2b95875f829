"""Labels that cross-validation contradicts, taken out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pellucid.diagnosis.case import Case
from pellucid.diagnosis.changes.change import Change

FOLDS = 5
CERTAIN = 0.95
"""How sure a plain model, which has not seen an example, must be that its label is another one."""
LEAST = 0.02
"""The share of labels that must be contradicted for it to be worth trying."""
MOST_ROWS, MOST_COLUMNS = 5_000, 2_000


def relabelled(case: Case) -> list[Change]:
    """The training without the examples whose labels two plain models contradict."""
    suspected = suspected_labels(case)
    if suspected is None or not LEAST <= suspected.mean() <= 0.5:
        return []
    kept = np.flatnonzero(~suspected)
    count = int(suspected.sum())
    return [
        Change(
            f"{count} suspected labels left out",
            "labels",
            lambda case: replace(case, train=case.train.take(kept)),
            {"rows": f"without {count} whose labels cross-validation contradicts"},
        )
    ]


def suspected_labels(case: Case) -> np.ndarray | None:
    """Which training labels the nearest neighbours and a linear model, fitted without them, both contradict, (N,).

    None where that cannot be said: no classes, or inputs of other shapes.
    """
    x, y = case.train.x, case.train.y
    usable = isinstance(x, np.ndarray) and isinstance(y, np.ndarray) and y.ndim == 1 and y.dtype.kind in "iu"
    if not usable or not case.classify or len(y) > MOST_ROWS or np.bincount(y).max() < FOLDS:
        return None
    rows = np.asarray(x, np.float64).reshape(len(x), -1)
    if rows.shape[1] > MOST_COLUMNS or (np.bincount(y)[np.unique(y)] < FOLDS).any():
        return None
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    contradicted = np.ones(len(y), bool)
    for model in (KNeighborsClassifier(10), LogisticRegression(max_iter=300)):
        said = cross_val_predict(make_pipeline(StandardScaler(), model), rows, y, cv=FOLDS, method="predict_proba")
        other = said.argmax(axis=1) != np.searchsorted(np.unique(y), y)
        contradicted &= other & (said.max(axis=1) >= (CERTAIN if isinstance(model, LogisticRegression) else 0.7))
    return contradicted
