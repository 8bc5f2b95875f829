"""Figures of classifiers: by hand where few, against scikit-learn's where it has them."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import brier_score_loss, roc_auc_score

from pellucid.report.classification import class_figures, classifier_figures, confusion, reliability

TRUTH = np.array([0, 0, 0, 0, 1, 1])
DECIDED = np.array([0, 0, 0, 1, 1, 0])
P = np.array([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.4, 0.6], [0.3, 0.7], [0.6, 0.4]])


def test_figures_of_two_classes_by_hand():
    figures = classifier_figures(TRUTH, DECIDED, P, True)
    assert figures["macro_f1"] == pytest.approx((0.75 + 0.5) / 2)
    assert figures["roc_auc"] == pytest.approx(7 / 8)  # of 8 pairs one is in the wrong order
    assert figures["brier"] == pytest.approx((0.01 + 0.04 + 0.09 + 0.36 + 0.09 + 0.36) / 6)
    # ranges: 0.6 (two, one right... none), 0.7 (two, both right), 0.8 and 0.9 (one each, right)
    assert figures["calibration_error"] == pytest.approx((2 * 0.6 + 2 * 0.3 + 0.2 + 0.1) / 6)


def test_figures_by_class_by_hand():
    first, second = class_figures(TRUTH, DECIDED, ("no", "yes"))
    assert first == {
        "class": "no",
        "precision": 0.75,
        "recall": 0.75,
        "f1": 0.75,
        "support": 4,
        "decided": 4,
        "taken_for": {"yes": 1},
    }
    assert (second["precision"], second["recall"], second["support"]) == (0.5, 0.5, 2)
    assert confusion(TRUTH, DECIDED, 2) == [[3, 1], [1, 1]]


def test_several_classes_are_those_of_scikit_learn():
    rng = np.random.default_rng(0)
    truth, scores = rng.integers(0, 4, 200), rng.normal(size=(200, 4))
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    figures = classifier_figures(truth, p.argmax(axis=1), p, True)
    assert figures["roc_auc"] == pytest.approx(roc_auc_score(truth, p, multi_class="ovr"))
    one_hot = np.eye(4)[truth]
    assert figures["brier"] == pytest.approx(4 * brier_score_loss(one_hot.ravel(), p.ravel()))
    ranges = reliability(truth, p.argmax(axis=1), p)
    assert sum(entry["examples"] for entry in ranges) == 200
    assert all(entry["from"] < entry["confidence"] <= entry["to"] for entry in ranges)


def test_what_is_not_there_is_nan_and_no_warning():
    truth, decided = np.array([0, 0, 1]), np.array([0, 0, 0])
    absent = class_figures(truth, decided, ("a", "b", "c"))
    assert np.isnan([absent[1]["precision"], absent[2]["precision"], absent[2]["recall"]]).all()
    assert absent[1]["f1"] == 0
    assert np.isnan(classifier_figures(np.array([1, 1]), np.array([1, 0]), np.eye(2), True)["roc_auc"])
    broken = classifier_figures(truth, decided, np.full((3, 2), np.nan), True)
    assert np.isnan([broken["roc_auc"], broken["calibration_error"]]).all()


def test_scores_are_no_probabilities_and_many_classes_have_no_matrix():
    assert set(classifier_figures(TRUTH, DECIDED, P, False)) == {"macro_f1", "roc_auc"}
    assert confusion(TRUTH, DECIDED, 101) is None
