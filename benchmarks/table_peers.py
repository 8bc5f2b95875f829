"""scikit-learn's models on the tables of ``tables.py``, with its defaults."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.metrics import accuracy_score, r2_score
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
from table_files import RawTable

MISSING = ("", "NA", "?")


def perceptron(amounts: bool, seed: int, **options: Any) -> Any:
    """A hidden layer of 100 units on standardised inputs, until its training loss no longer falls; of amounts the
    target is standardised too.
    """
    kind = MLPRegressor if amounts else MLPClassifier
    model = kind(max_iter=2000, random_state=seed, **options)
    return TransformedTargetRegressor(model, transformer=StandardScaler()) if amounts else model


def trees(amounts: bool, seed: int) -> Any:
    """Boosted trees."""
    return (HistGradientBoostingRegressor if amounts else HistGradientBoostingClassifier)(random_state=seed)


def score(
    model: Callable[[bool, int], Any], one_hot: bool, table: RawTable, train: np.ndarray, test: np.ndarray, seed: int
) -> float:
    """Accuracy or R^2 on the rows ``test`` of a model that learnt from the rows ``train``.

    Numbers are standardised, missing ones the median; words one-hot, or for trees numbered.
    """
    cells = np.array([row[:-1] for row in table.rows], dtype=object)
    cells[np.isin(cells, MISSING)] = None
    are_numbers = [all(map(_is_number, column)) for column in cells.T]
    numbers, words = np.flatnonzero(are_numbers), np.flatnonzero(~np.array(are_numbers))
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False) if one_hot else _ordinal()
    prepare = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            ("words", make_pipeline(SimpleImputer(strategy="most_frequent", missing_values=None), encoder), words),
        ]
    )
    x, y = cells.copy(), table.target
    x[:, numbers] = cells[:, numbers].astype(float)
    pipeline = make_pipeline(prepare, model(table.amounts, seed))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        said = pipeline.fit(x[train], y[train]).predict(x[test])
    return float((r2_score if table.amounts else accuracy_score)(y[test], said))


def _ordinal() -> OrdinalEncoder:
    return OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)


def _is_number(cell: str | None) -> bool:
    try:
        return cell is None or float(cell) is not None
    except ValueError:
        return False


PEERS: dict[str, Callable[[RawTable, np.ndarray, np.ndarray, int], float]] = {
    "mlp": partial(score, perceptron, True),
    "mlp-stopped": partial(score, partial(perceptron, early_stopping=True), True),
    "trees": partial(score, trees, False),
}
"""``mlp-stopped`` ends early, by a tenth of the training rows that it holds out."""
