"""Figures of several labels: by hand, and NaN for what cannot be known."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.data.base.targets import ClassTarget, LabelsTarget
from pellucid.report.multi_label import label_figures, multi_label_figures

TARGET = LabelsTarget(tuple(ClassTarget(name, ("no", "yes")) for name in ("warm", "wet", "never")))
TRUTH = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 0]], np.float32)
P = np.array([[0.9, 0.2, 0.1], [0.4, 0.8, 0.1], [0.6, 0.3, 0.2], [0.2, 0.1, 0.3]])


def test_figures_of_each_label_by_hand():
    warm, wet, never = label_figures(TRUTH, P > 0.5, P, TARGET)
    assert warm == {
        "label": "warm",
        "class": "yes",
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
        "support": 2,
        "decided": 2,
        "roc_auc": 0.75,  # of 4 pairs one is in the wrong order
    }
    assert (wet["precision"], wet["recall"], wet["roc_auc"]) == (1.0, 0.5, 1.0)
    assert np.isnan([never["precision"], never["recall"], never["f1"], never["roc_auc"]]).all()


def test_figures_together_are_means_over_the_labels_that_count():
    figures = multi_label_figures(TRUTH, P > 0.5, P, True)
    assert figures["macro_f1"] == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert figures["roc_auc"] == pytest.approx((0.75 + 1) / 2)
    assert figures["brier"] == pytest.approx(((P - TRUTH) ** 2).mean())
    assert "brier" not in multi_label_figures(TRUTH, P > 0.5, P, False)
    wrong = multi_label_figures(TRUTH, np.ones((4, 3), bool), P, True)
    assert wrong["macro_f1"] == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)  # deciding for what is never true counts as 0
    broken = multi_label_figures(TRUTH, P > 0.5, np.full((4, 3), np.nan), True)
    assert np.isnan(broken["roc_auc"])
