from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid.data import split
from pellucid.data.base.splits import split_by_parts
from pellucid.errors import ConfigError, DataError


@given(st.integers(5, 300), st.integers(0, 2**32 - 1), st.integers(1, 8))
def test_every_row_goes_to_exactly_one_part_and_no_part_is_empty(n, seed, classes):
    labels = np.random.default_rng(seed).integers(0, classes, n)
    for stratify in (None, labels):
        parts = split(n, seed=seed, stratify=stratify)
        assert len(parts) == 3
        assert all(len(part) > 0 for part in parts)
        assert sorted(np.concatenate(parts)) == list(range(n))


@given(st.lists(st.integers(2, 60), min_size=2, max_size=6), st.integers(0, 1000))
def test_every_class_is_cut_in_proportion(counts, seed):
    labels = np.repeat(np.arange(len(counts)), counts)
    n = max(len(labels), 5)
    labels = np.resize(labels, n)
    parts = split(n, (0.6, 0.2, 0.2), seed=seed, stratify=labels)
    ends = np.cumsum([len(part) for part in parts]) / n
    for label, count in enumerate(np.bincount(labels)):
        taken = np.cumsum([np.sum(labels[part] == label) for part in parts])
        rounding = 1 + len(counts) / 2 * count / n  # of this class, and of all classes in the place of the cut
        assert np.all(np.abs(taken - ends * count) <= rounding)


def test_equal_classes_are_cut_exactly():
    labels = np.tile(np.arange(10), 40)
    for part, count in zip(split(400, stratify=labels), (28, 6, 6), strict=True):
        assert np.bincount(labels[part]).tolist() == [count] * 10


def test_sizes_by_hand():
    assert [len(part) for part in split(100)] == [70, 15, 15]
    assert [len(part) for part in split(5)] == [3, 1, 1]
    assert [len(part) for part in split(1797)] == [1258, 270, 269]
    assert [len(part) for part in split(10, (0.8, 0.2))] == [8, 2]
    assert [len(part) for part in split(5, (0.98, 0.01, 0.01))] == [3, 1, 1]


def test_a_class_with_one_row_is_in_training():
    labels = np.array([0] * 50 + [1] * 49 + [2])
    for seed in range(20):
        train, _, _ = split(100, seed=seed, stratify=labels)
        assert 99 in train


def test_the_seed_decides():
    assert all(np.array_equal(a, b) for a, b in zip(split(50, seed=3), split(50, seed=3), strict=True))
    assert not np.array_equal(split(50, seed=3)[0], split(50, seed=4)[0])


def test_labels_may_be_words():
    parts = split(12, (0.5, 0.5), stratify=np.array(["a", "b", "b"] * 4))
    assert [len(part) for part in parts] == [6, 6]


def test_too_few_rows():
    with pytest.raises(DataError, match="4 rows are too few"):
        split(4)
    with pytest.raises(DataError, match="6 rows cannot be split into 7 parts"):
        split(6, (0.4, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1))


@pytest.mark.parametrize("fractions", [(0.7, 0.2), (1.2, -0.2), (0.5, 0.5, 0.0), (float("nan"), 0.5)])
def test_fractions_that_cannot_be(fractions):
    with pytest.raises(ConfigError, match="fractions"):
        split(10, fractions)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"n": "x"}, ConfigError, "split: n must be a whole number, not 'x'"),
        ({"n": 10.5}, ConfigError, "split: n must be a whole number"),
        ({"n": 10, "seed": "x"}, ConfigError, "split: seed must be a whole number, not 'x'"),
        ({"n": 10, "fractions": ("a", 0.5)}, ConfigError, "each of fractions must be a number above 0, not 'a'"),
        ({"n": 10, "stratify": [1, 2]}, DataError, r"each of 10 rows its class, but has the shape \(2,\)"),
        ({"n": 10, "stratify": 3}, DataError, r"has the shape \(\)"),
    ],
)
def test_what_cannot_be(arguments, error, message):
    with pytest.raises(error, match=message):
        split(**arguments)


def test_parts_that_are_given_are_taken_and_a_missing_one_is_held_out_of_training():
    parts = ["train"] * 20 + ["test"] * 5
    (train, validation, test), notes = split_by_parts(parts, (0.6, 0.2, 0.2), seed=1)
    assert test.tolist() == list(range(20, 25))
    assert (len(train), len(validation)) == (15, 5)  # 0.6 to 0.2
    assert sorted([*train, *validation]) == list(range(20))
    assert notes == (
        "parts as given: train 20, test 5",
        "no part for validation: held out of train: validation 5",
    )


def test_all_parts_given_are_as_they_are():
    parts = ["test", "train", "validation", "train"]
    found, notes = split_by_parts(parts)
    assert [rows.tolist() for rows in found] == [[1, 3], [2], [0]]
    assert notes == ("parts as given: train 2, validation 1, test 1",)


def test_what_is_held_out_has_every_class():
    parts, classes = ["train"] * 20 + ["validation"] * 4, np.array([0, 1] * 12)
    (train, _, test), _ = split_by_parts(parts, (0.5, 0.25, 0.25), stratify=classes)
    assert sorted(np.bincount(classes[test])) == [3, 4]
    assert sorted(np.bincount(classes[train])) == [6, 7]
