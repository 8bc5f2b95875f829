"""What targets are, and errors relative to a constant answer."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.diagnosis.answers import answers_of, class_labels, relative_error
from pellucid.losses import MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy

ROWS = np.eye(3, dtype=np.float32)[[0, 1, 2, 1]]


@pytest.mark.parametrize(
    ("y", "kind"),
    [
        (np.array([0, 1, 2]), "classes"),
        (ROWS, "classes"),
        (np.array([[0.0], [1.0]]), "classes"),
        (np.array([[1.0, 1.0], [0.0, 1.0]]), "labels"),
        (np.array([[0.5], [1.0]]), "amounts"),
        ({"a": np.ones(3)}, "other"),
    ],
)
def test_targets_are_told_apart_by_their_values(y, kind):
    assert answers_of(y) == kind


def test_classes_in_every_form():
    assert class_labels(ROWS).tolist() == [0, 1, 2, 1]
    assert class_labels(np.array([[0.0], [1.0]])).tolist() == [0, 1]
    assert class_labels(np.array([2, 0])).tolist() == [2, 0]


def test_always_the_most_frequent_class_has_error_one():
    outputs = np.tile(np.array([0.0, 1.0, 0.0]), (4, 1))
    for loss in (SoftmaxCrossEntropy(), MeanSquaredError()):
        assert relative_error(loss, outputs, ROWS) == 1.0
        assert relative_error(loss, ROWS, ROWS) == 0.0


def test_of_several_labels_each_counts():
    y = np.array([[1.0, 1.0], [0.0, 1.0], [0.0, 0.0], [0.0, 0.0]])
    assert relative_error(SigmoidCrossEntropy(), 10 * (y - 0.5), y) == 0.0
    assert relative_error(SigmoidCrossEntropy(), -np.ones_like(y), y) == 1.0


def test_the_mean_has_error_one_and_nothing_is_worse_than_two():
    y = np.array([[0.5], [1.5], [2.5]])
    assert relative_error(MeanSquaredError(), np.full_like(y, 1.5), y) == 1.0
    assert relative_error(MeanSquaredError(), np.full_like(y, np.nan), y) == 2.0
