"""Baselines: what each plain model is, by hand and beside scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pellucid import baselines
from pellucid.report import baseline


def test_the_baseline_of_reconstruction_is_the_best_plane():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(300, 2)) @ rng.normal(size=(2, 6)) + 5 + 1e-3 * rng.normal(size=(300, 6))
    part = (x[:200], x[:200]), (x[200:], x[200:])
    assert baselines("reconstruction", *part, 2)["PCA"]["r2"] == pytest.approx(1.0, abs=1e-4)
    found = baselines("reconstruction", *part, 1)
    centred = x[:200] - x[:200].mean(axis=0)
    axis = np.linalg.svd(centred)[2][0]
    away = x[200:] - x[:200].mean(axis=0)
    left = ((away - np.outer(away @ axis, axis)) ** 2).sum() / ((x[200:] - x[200:].mean(axis=0)) ** 2).sum()
    assert found["PCA"] == {"r2": pytest.approx(1 - left), "components": 1, "rows": 200, "converged": True}
    assert -0.1 < found["mean"]["r2"] <= 0


def test_baselines_of_classes_and_amounts():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 2))
    y = (x[:, 0] + x[:, 1] > 0.5).astype(int)
    found = baselines("classification", (x[:150], y[:150]), (x[150:], y[150:]), 2)
    assert found["majority class"]["accuracy"] == pytest.approx((y[150:] == 0).mean())
    assert found["logistic regression"]["accuracy"] > 0.9
    amount = (3 * x[:, :1] - x[:, 1:]).astype(np.float32)
    found = baselines("regression", (x[:150], amount[:150]), (x[150:], amount[150:]))
    assert found["linear regression"]["r2"] == pytest.approx(1.0)
    assert -0.3 < found["mean"]["r2"] <= 0


def test_the_mean_and_its_error_by_hand():
    x, y = np.zeros((4, 1)), np.array([[0.0], [0.0], [4.0], [4.0]])
    found = baseline.fit_baselines("regression", (x, y), (x[:2], np.array([[1.0], [3.0]])))["mean"]
    np.testing.assert_array_equal(found.errors, [1, 1])
    assert found.measured["r2"] == 0


def test_amounts_that_do_not_vary_have_no_share_explained():
    x = np.arange(4.0)[:, None]
    found = baselines("regression", (x, x), (x, np.ones((4, 1))))
    assert all(math.isnan(model["r2"]) for model in found.values())


def test_one_class_alone_is_what_every_model_says():
    x, y = np.arange(4.0)[:, None], np.ones(4, int)
    found = baselines("classification", (x, y), (x, np.array([1, 1, 1, 0])), 2)
    assert {model["accuracy"] for model in found.values()} == {0.75}


def test_several_labels_have_the_mean_of_their_accuracies():
    x = np.linspace(-1, 1, 40)[:, None]
    y = np.concatenate([x > 0.5, x > -2], axis=1).astype(int)
    found = baseline.fit_baselines("multi-label", (x, y), (x, y))
    assert found["majority class"].measured["accuracy"] == pytest.approx((0.75 + 1) / 2)
    assert set(found["majority class"].errors) == {0.0, 0.5}
    assert found["logistic regression"].measured["accuracy"] > 0.9


def test_the_linear_model_learns_from_so_many_rows(monkeypatch):
    monkeypatch.setattr(baseline, "ROWS", 50)
    x = np.random.default_rng(0).normal(size=(80, 2))
    found = baselines("regression", (x, x[:, :1]), (x, x[:, :1]))
    assert found["linear regression"]["rows"] == 50


def test_a_code_wider_than_the_data_has_as_many_components_as_there_are():
    x = np.random.default_rng(0).normal(size=(20, 3))
    found = baselines("reconstruction", (x, x), (x, x), 8)
    assert found["PCA"]["components"] == 3
    assert found["PCA"]["r2"] == pytest.approx(1.0)
