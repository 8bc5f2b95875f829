"""Baselines of forecasts: what a network must beat."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.report.baseline import ROWS, Baseline


def series_baselines(train: Any, test: Any, seed: int = 0) -> dict[str, dict[str, Any]]:
    """``mse`` and ``mae``, as scaled, on ``test`` of the two plainest forecasts; both are pairs (x, y) of windows.

    "repeat last": every step is like the last one seen. "linear regression": one linear map over time for all
    variables, of what they differ by from their last step; it also says from how many ``rows`` it learnt.
    Shapes: x (B, T, V); y (B, H, K), K of the V variables, the first ones.
    """
    return {name: model.measured for name, model in fit_series_baselines(train, test, seed).items()}


def fit_series_baselines(train: Any, test: Any, seed: int = 0) -> dict[str, Baseline]:
    """The forecasts of ``series_baselines``, with the mean squared error of each window."""
    (x, y), (x_test, y_test) = train, test
    rows = np.random.default_rng(seed % 2**64).permutation(len(x))[:ROWS]
    square: Any = 0.0
    product: Any = 0.0
    for k in range(y.shape[-1]):  # a variable at a time, for memory
        past, last = _past(x[rows, :, k])
        square = square + past.T @ past
        product = product + past.T @ (y[rows, :, k] - last)
    map_over_time = np.linalg.lstsq(square, product, rcond=None)[0]
    said = np.empty(y_test.shape)
    for k in range(y.shape[-1]):
        past, last = _past(x_test[:, :, k])
        said[..., k] = past @ map_over_time + last
    return {
        "repeat last": _measured(x_test[:, -1:, : y.shape[-1]], y_test, {}),
        "linear regression": _measured(said, y_test, {"rows": len(rows), "converged": True}),
    }


def forecast_errors(said: Any, truth: Any) -> dict[str, float]:
    """The mean squared and the mean absolute error of a forecast."""
    off = np.asarray(said, np.float64) - truth
    return {"mse": float((off**2).mean()), "mae": float(np.abs(off).mean())}


def window_errors(said: Any, truth: Any) -> Any:
    """The mean squared error of each window, (B,)."""
    off = np.asarray(said, np.float64) - truth
    return (off**2).reshape(len(off), -1).mean(axis=1)


def _measured(said: Any, truth: Any, how: dict[str, Any]) -> Baseline:
    return Baseline({**forecast_errors(said, truth), **how}, window_errors(said, truth))


def _past(window: Any) -> tuple[Any, Any]:
    """What a variable's windows (B, T) differ by from their last step, with a 1 for the bias; and that step, (B, 1)."""
    last = window[:, -1:].astype(np.float64)
    return np.concatenate([window - last, np.ones_like(last)], axis=1), last
