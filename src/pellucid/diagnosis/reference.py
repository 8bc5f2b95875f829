"""What plain models reach on the same examples: what a training ought to come near."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from pellucid.diagnosis.case import Case

MOST_ROWS, MOST_COLUMNS = 4_000, 3_000


def reference_errors(case: Case) -> dict[str, float]:
    """Errors on validation of nearest neighbours, a linear model and boosted trees, as ``relative_error`` counts them.

    Empty where inputs or targets have no plain form.
    """
    rows = case.rows(MOST_ROWS)
    plain = [_plain(part) for part in (rows, case.validation)]
    if any(part is None for part in plain):
        return {}
    (x, y), (x_held_out, true) = plain  # type: ignore[misc]
    if x.shape[1] > MOST_COLUMNS or len(true) == 0 or not np.isfinite(x).all():
        return {}
    found = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a linear model that did not converge is still a reference
        for name, model in _models(case.classify):
            try:
                said = np.asarray(model.fit(x, y).predict(x_held_out)).reshape(true.shape)
            except ValueError:  # one class only, say
                continue
            found[name] = _error(said, true, case.classify)
    return found


def _models(classify: bool) -> list[tuple[str, Any]]:
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    near, linear, trees = (
        (KNeighborsClassifier(5), LogisticRegression(max_iter=200), RandomForestClassifier(50, random_state=0))
        if classify
        else (KNeighborsRegressor(5), Ridge(), RandomForestRegressor(50, random_state=0))
    )
    return [
        ("nearest neighbours", make_pipeline(StandardScaler(), near)),
        ("linear model", make_pipeline(StandardScaler(), linear)),
        ("random forest", trees),
    ]


def _plain(part: Any) -> tuple[np.ndarray, np.ndarray] | None:
    x, y = part.x, part.y
    if not isinstance(x, np.ndarray) or not isinstance(y, np.ndarray) or x.dtype.kind not in "fiub":
        return None
    if y.ndim == 2 and y.shape[1] > 1 and bool((y.sum(axis=1) == 1).all()) and bool(np.isin(y, (0, 1)).all()):
        y = y.argmax(axis=1)
    y = y[:, 0] if y.ndim == 2 and y.shape[1] == 1 else y
    return (x.reshape(len(x), -1).astype(np.float64), y) if y.ndim == 1 else None


def _error(said: np.ndarray, true: np.ndarray, classify: bool) -> float:
    if classify:
        most = np.bincount(true.astype(int)).max() / len(true)
        return float((said != true).mean() / max(1 - most, 1 / len(true)))
    spread = ((true - true.mean()) ** 2).sum()
    return float(((said - true) ** 2).sum() / spread) if spread > 0 else 1.0
