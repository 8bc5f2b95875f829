from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression

from pellucid import forecast_errors, series_baselines, windows


def test_errors_by_hand():
    said, truth = np.array([[[1.0], [2.0]]]), np.array([[[1.0], [5.0]]])
    assert forecast_errors(said, truth) == {"mse": 4.5, "mae": 1.5}


def test_baselines_of_walks_are_those_of_scikit_learn():
    values = np.random.default_rng(0).normal(size=(120, 3)).cumsum(axis=0)
    (x, y), (x_test, y_test) = (windows(part, 8, 2, 2) for part in (values[:80], values[80:]))
    found = series_baselines((x, y), (x_test, y_test))
    last = np.repeat(x_test[:, -1:, :2], 2, axis=1)
    assert found["repeat last"] == forecast_errors(last, y_test)

    past = np.concatenate([x[:, :-1, k] - x[:, -1:, k] for k in range(2)])
    model = LinearRegression().fit(past, np.concatenate([y[:, :, k] - x[:, -1:, k] for k in range(2)]))
    said = [model.predict(x_test[:, :-1, k] - x_test[:, -1:, k]) + x_test[:, -1:, k] for k in range(2)]
    wanted = forecast_errors(np.stack(said, axis=-1), y_test)
    assert found["linear regression"]["mse"] == pytest.approx(wanted["mse"])
    assert found["linear regression"]["mae"] == pytest.approx(wanted["mae"])
    assert found["linear regression"]["rows"] == len(x)


def test_what_a_line_says_is_foretold_whole():
    values = np.arange(40.0)[:, None]
    found = series_baselines(windows(values[:30], 4, 2), windows(values[26:], 4, 2))
    assert found["repeat last"] == {"mse": pytest.approx((1 + 4) / 2), "mae": pytest.approx(1.5)}
    assert found["linear regression"]["mse"] == pytest.approx(0, abs=1e-12)
