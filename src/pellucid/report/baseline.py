"""Baselines: what a network must beat to be worth its while."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

ROWS = 10_000
"""The linear model learns from at most so many rows, chosen at random: it is there to compare, not to win."""


@dataclass(frozen=True)
class Baseline:
    """A model to compare with: ``measured`` on the test part, and the error of each example there, ``errors`` (B,).

    An error is 1 or 0 for a class, wrong or right, and for amounts the square, summed over the columns.
    """

    measured: dict[str, Any]
    errors: Any


def baselines(task: str, train: Any, test: Any, size: int = 0, seed: int = 0) -> dict[str, dict[str, Any]]:
    """Measures on ``test`` of the two plainest models learnt from ``train``, both pairs (x, y).

    For classification: always the most frequent class ("majority class"), and logistic regression, each with its
    ``accuracy``; for several labels the same for each, with the mean of their accuracies; for regression: always the
    mean ("mean"), and linear regression, each with its ``r2``; for reconstruction the mean, and the PCA of as many
    ``components`` as the code has numbers. ``size`` is the number of classes, or of components. The linear models also
    say from how many ``rows`` they learnt, and whether they ``converged``.
    """
    return {name: model.measured for name, model in fit_baselines(task, train, test, size, seed).items()}


def fit_baselines(task: str, train: Any, test: Any, size: int = 0, seed: int = 0) -> dict[str, Baseline]:
    """The models of ``baselines``, with the error of each test example."""
    (x, y), (x_test, y_test) = train, test
    rows = np.random.default_rng(seed % 2**64).permutation(x.shape[0])[:ROWS]
    if task == "classification":
        majority = int(np.bincount(y, minlength=size).argmax())
        said, how = _logistic(x[rows], y[rows], x_test)
        return {
            "majority class": _of_classes(majority, y_test, {}),
            "logistic regression": _of_classes(said, y_test, how),
        }
    if task == "multi-label":
        return _of_labels(x[rows], y[rows], x_test, y_test, np.asarray(y).mean(axis=0))
    truth = np.asarray(y_test, dtype=np.float64).reshape(len(x_test), -1)
    mean = _of_amounts(np.asarray(y, dtype=np.float64).reshape(len(x), -1).mean(axis=0), truth, {})
    if task == "reconstruction":
        said, how = _pca(x[rows], x_test, size, seed)
        return {"mean": mean, "PCA": _of_amounts(said, truth, how)}
    said = _linear(x[rows], np.asarray(y).reshape(x.shape[0], -1)[rows], x_test)
    return {"mean": mean, "linear regression": _of_amounts(said, truth, {"rows": len(rows), "converged": True})}


def _of_labels(x: Any, y: Any, x_test: Any, y_test: Any, share: Any) -> dict[str, Baseline]:
    """The answer that most rows have to each question, 1 in a ``share`` of them, and logistic regression."""
    each = [_logistic(x, y[:, k].astype(int), x_test) for k in range(y.shape[1])]
    how = {"rows": len(x), "converged": all(how["converged"] for _, how in each)}
    answers = {
        "majority class": (np.tile(share > 0.5, (len(y_test), 1)), {}),
        "logistic regression": (np.stack([said for said, _ in each], axis=1), how),
    }
    wrong = {name: (np.asarray(y_test) != said).mean(axis=1) for name, (said, _) in answers.items()}
    return {
        name: Baseline({"accuracy": float(1 - wrong[name].mean()), **how}, wrong[name])
        for name, (_, how) in answers.items()
    }


def _of_classes(said: Any, truth: Any, how: dict[str, Any]) -> Baseline:
    wrong = (np.asarray(truth) != said).astype(np.float64)
    return Baseline({"accuracy": float((truth == said).mean()), **how}, wrong)


def _of_amounts(said: Any, truth: Any, how: dict[str, Any]) -> Baseline:
    """``r2`` is the share of the variance of all columns of ``truth``, (B, K), that ``said`` explains."""
    errors, spread = ((said - truth) ** 2).sum(axis=1), ((truth - truth.mean(axis=0)) ** 2).sum()
    return Baseline({"r2": float(1 - errors.sum() / spread) if spread > 0 else float("nan"), **how}, errors)


def _logistic(x: Any, y: Any, x_test: Any) -> tuple[Any, dict[str, Any]]:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    if len(np.unique(y)) < 2:
        return np.full(x_test.shape[0], y[0]), {"rows": len(y), "converged": True}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        said = LogisticRegression(max_iter=300).fit(x, y).predict(x_test)
    stopped_early = any(issubclass(warning.category, ConvergenceWarning) for warning in caught)
    return said, {"rows": len(y), "converged": not stopped_early}


def _linear(x: Any, y: Any, x_test: Any) -> Any:
    from sklearn.linear_model import LinearRegression

    return LinearRegression().fit(x.astype(np.float64), y).predict(x_test.astype(np.float64))


def _pca(x: Any, x_test: Any, components: int, seed: int) -> tuple[Any, dict[str, Any]]:
    from sklearn.decomposition import PCA

    components = min(components, *x.shape)
    pca = PCA(components, random_state=seed % 2**32).fit(x.astype(np.float64))
    said = pca.inverse_transform(pca.transform(x_test.astype(np.float64)))
    return said, {"components": components, "rows": len(x), "converged": True}
