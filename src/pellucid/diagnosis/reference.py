"""What plain models reach on the same examples: what a training ought to come near."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from pellucid.diagnosis.answers import answers_of, class_labels, relative_squares, relative_wrong
from pellucid.diagnosis.case import Case

MOST_ROWS, MOST_COLUMNS = 4_000, 3_000


def reference_errors(case: Case) -> dict[str, float]:
    """Errors on validation of nearest neighbours, a linear model and a forest, as ``relative_error`` counts them.

    Empty where inputs or targets have no plain form.
    """
    plain = [plain_pair(part) for part in (case.rows(MOST_ROWS), case.validation)]
    if plain[0] is None or plain[1] is None:
        return {}
    (x, y), (x_held_out, true) = plain[0], plain[1]
    if x.shape[1] > MOST_COLUMNS or len(true) == 0 or not np.isfinite(x).all():
        return {}
    classify, found = case.answers == "classes", {}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # a linear model that did not converge is still a reference
        for name, model in plain_models(classify).items():
            try:
                said = np.asarray(model.fit(x, y).predict(x_held_out)).reshape(true.shape)
            except ValueError:  # one class only, say
                continue
            found[name] = relative_wrong(said, true) if classify else relative_squares(said, true)
    return found


def plain_models(classify: bool) -> dict[str, Any]:
    """The models by name, for classes or for amounts."""
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    near, linear, trees = (
        (KNeighborsClassifier(5), LogisticRegression(max_iter=200), RandomForestClassifier(30, random_state=0))
        if classify
        else (KNeighborsRegressor(5), Ridge(), RandomForestRegressor(30, random_state=0))
    )
    return {
        "nearest neighbours": make_pipeline(StandardScaler(), near),
        "linear model": make_pipeline(StandardScaler(), linear),
        "random forest": trees,
    }


def plain_pair(part: Any) -> tuple[np.ndarray, np.ndarray] | None:
    """Inputs (N, D) and targets, (N,) labels or (N, K) amounts; None where they have no such form."""
    x, y = part.x, part.y
    if not isinstance(x, np.ndarray) or not isinstance(y, np.ndarray) or x.dtype.kind not in "fiub":
        return None
    kind = answers_of(y)
    if kind == "classes":
        y = class_labels(y)
    if kind in ("labels", "other") or y.ndim > 2 or len(x) < 5 or (kind == "classes" and y.ndim > 1):
        return None
    return x.reshape(len(x), -1).astype(np.float64), y[:, 0] if y.ndim == 2 and y.shape[1] == 1 else y
