"""What ``fit`` is given becomes examples: the weight of each, what is held out, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.utils.class_weight import compute_sample_weight

from pellucid import ConfigError, DataError, MeanSquaredError, ShapeError, SoftmaxCrossEntropy
from pellucid.train.feed.examples import make_examples

X = np.arange(24.0, dtype=np.float32).reshape(12, 2)
LABELS = np.array([0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2])
AMOUNTS = np.linspace(0, 1, 12, dtype=np.float32)
CLASSES, SQUARES = SoftmaxCrossEntropy(), MeanSquaredError()


def made(loss=CLASSES, data=(X, LABELS), validation=None, sample_weight=None, class_weight=None, seed=0):
    return make_examples(loss, data, validation, sample_weight, class_weight, seed)


def test_a_weight_is_that_of_the_example_times_that_of_its_class():
    own = np.arange(12.0)
    train, _ = made(sample_weight=own, class_weight={0: 2.0, 2: 0.5})
    np.testing.assert_array_equal(train.sample.weight, own / 11 * np.array([2.0] * 6 + [1.0] * 3 + [0.5] * 3))
    assert made()[0].sample.weight is None


def test_balanced_classes_weigh_alike():
    train, _ = made(class_weight="balanced")
    np.testing.assert_allclose(train.sample.weight, compute_sample_weight("balanced", LABELS))


@pytest.mark.parametrize("seed", range(3))
def test_what_is_held_out_has_its_share_of_each_class_and_no_weight(seed):
    train, held_out = made(validation=1 / 3, class_weight="balanced", seed=seed)
    assert np.bincount(held_out.sample.target).tolist() == [2, 1, 1]
    assert held_out.sample.weight is None
    rows = train.sample.x[:, 0].astype(int) // 2
    np.testing.assert_array_equal(train.sample.target, LABELS[rows])
    np.testing.assert_allclose(train.sample.weight, compute_sample_weight("balanced", LABELS)[rows])
    both = np.concatenate([train.sample.x, held_out.sample.x])
    np.testing.assert_array_equal(both[both[:, 0].argsort()], X)


def test_validation_comes_in_the_dtype_of_the_training_data():
    _, held_out = made(validation=(X.astype(np.float64), LABELS))
    assert held_out.sample.x.dtype == np.float32


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"sample_weight": ["a"] * 12}, DataError, "sample_weight needs numbers, not <U1"),
        ({"sample_weight": np.ones(11)}, ShapeError, r"needs shape \(12,\), one for each example, not \(11,\)"),
        ({"sample_weight": np.zeros(12)}, DataError, "finite numbers of at least 0, not all of them 0"),
        ({"sample_weight": np.r_[-1.0, np.ones(11)]}, DataError, "finite numbers of at least 0"),
        ({"sample_weight": np.r_[np.nan, np.ones(11)]}, DataError, "finite numbers of at least 0"),
        ({"class_weight": {3: 1.0}}, ConfigError, "has the label 3, which no training example has"),
        ({"class_weight": {1: 0.0}}, ConfigError, "class_weight of label 1"),
        ({"class_weight": "even"}, ConfigError, "a dict from label to weight or 'balanced', not 'even'"),
        ({"loss": SQUARES, "data": (X, AMOUNTS), "class_weight": "balanced"}, ConfigError, "needs integer labels"),
        ({"data": X}, DataError, r"fit: data must be a pair \(x, y\), not ndarray"),
        ({"data": (X, None)}, DataError, "fit: data has no targets"),
        ({"validation": (X, AMOUNTS)}, DataError, "validation targets are float32, training ones int32: give both"),
        ({"validation": 1.5}, ConfigError, "validation"),
    ],
)
def test_what_cannot_be_trained_on_is_refused(given, error, message):
    with pytest.raises(error, match=message):
        made(**given)
