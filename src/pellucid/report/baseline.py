"""Baselines: what a network must beat to be worth its while."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

ROWS = 10_000
"""The linear model learns from at most so many rows, chosen at random: it is there to compare, not to win."""


def baselines(task: str, train: Any, test: Any, size: int = 0, seed: int = 0) -> dict[str, dict[str, Any]]:
    """Measures on ``test`` of the two plainest models learnt from ``train``, both pairs (x, y).

    For classification: always the most frequent class ("majority class"), and logistic regression, each with its
    ``accuracy``; for regression: always the mean ("mean"), and linear regression, each with its ``r2``; for
    reconstruction the mean, and the PCA of as many ``components`` as the code has numbers. ``size`` is the number of
    classes, or of components. The linear models also say from how many ``rows`` they learnt, and whether they
    ``converged``.
    """
    (x, y), (x_test, y_test) = train, test
    rows = np.random.default_rng(seed % 2**64).permutation(x.shape[0])[:ROWS]
    if task == "classification":
        majority = int(np.bincount(y, minlength=size).argmax())
        return {
            "majority class": {"accuracy": float((y_test == majority).mean())},
            "logistic regression": _logistic(x[rows], y[rows], x_test, y_test),
        }
    truth = np.asarray(y_test, dtype=np.float64).reshape(len(x_test), -1)
    mean = {"r2": _r2(truth, np.asarray(y, dtype=np.float64).reshape(len(x), -1).mean(axis=0))}
    if task == "reconstruction":
        return {"mean": mean, "PCA": _pca(x[rows], x_test, size, seed)}
    linear = _linear(x[rows], np.asarray(y).reshape(len(x), 1)[rows], x_test)
    return {
        "mean": mean,
        "linear regression": {"r2": _r2(truth, linear), "rows": len(rows), "converged": True},
    }


def _logistic(x: Any, y: Any, x_test: Any, y_test: Any) -> dict[str, Any]:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    if len(np.unique(y)) < 2:
        return {"accuracy": float((y_test == y[0]).mean()), "rows": len(y), "converged": True}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        accuracy = LogisticRegression(max_iter=300).fit(x, y).score(x_test, y_test)
    stopped_early = any(issubclass(warning.category, ConvergenceWarning) for warning in caught)
    return {"accuracy": float(accuracy), "rows": len(y), "converged": not stopped_early}


def _linear(x: Any, y: Any, x_test: Any) -> Any:
    from sklearn.linear_model import LinearRegression

    return LinearRegression().fit(x.astype(np.float64), y).predict(x_test.astype(np.float64))


def _pca(x: Any, x_test: Any, components: int, seed: int) -> dict[str, Any]:
    from sklearn.decomposition import PCA

    components = min(components, *x.shape)
    pca = PCA(components, random_state=seed % 2**32).fit(x.astype(np.float64))
    truth = x_test.astype(np.float64)
    r2 = _r2(truth, pca.inverse_transform(pca.transform(truth)))
    return {"r2": r2, "components": components, "rows": len(x), "converged": True}


def _r2(truth: Any, said: Any) -> float:
    """The share of the variance of all columns of ``truth``, (B, K), that ``said`` explains."""
    spread = ((truth - truth.mean(axis=0)) ** 2).sum()
    return float(1 - ((said - truth) ** 2).sum() / spread) if spread > 0 else float("nan")
