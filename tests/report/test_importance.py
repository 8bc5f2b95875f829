"""A column is important as far as the score falls without it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pellucid.report.importance import permutation_importance
from pellucid.runtime.deadline import Deadline

AMPLE = Deadline(1e6)
X = np.random.default_rng(0).normal(size=(500, 3))
COLUMNS = {"a": [("", 0)], "b": [("", 1), ("", 2)]}


def agreement(x):
    """How far the first column is as it was, at most 0."""
    return -float(((x[:, 0] - X[:, 0]) ** 2).mean())


def test_what_the_score_does_not_look_at_has_none():
    a, b = permutation_importance(agreement, X, COLUMNS, AMPLE)
    assert (a.column, a.repeats) == ("a", 5)
    assert a.mean == pytest.approx(2 * X[:, 0].var(), rel=0.1)  # E (x - x')^2 of two draws
    assert 0 < a.standard_error < 0.1 * a.mean
    assert (b.column, b.mean, b.standard_error) == ("b", 0.0, 0.0)


def test_all_places_of_a_column_are_taken_from_one_example():
    def pairs(x):
        known = {tuple(row) for row in X[:, 1:]}
        assert all(tuple(row) in known for row in x[:, 1:])
        return 0.0

    permutation_importance(pairs, X, COLUMNS, AMPLE)


def test_columns_of_several_arrays_and_of_windows():
    x = {"numbers": X, "categories": np.arange(500)[:, None]}
    columns = {"id": [("categories", 0)], "first": [("numbers", 0)]}
    found = permutation_importance(lambda x: agreement(x["numbers"]), x, columns, AMPLE)
    assert [one.column for one in found] == ["first", "id"]
    windows = np.stack([X, X], axis=1)
    (one, *_) = permutation_importance(lambda x: agreement(x[:, 0]), windows, COLUMNS, AMPLE)
    assert one.column == "a"
    np.testing.assert_array_equal(windows[:, 0], X)  # what was given is as it was


def test_without_time_for_every_column_there_is_none():
    assert permutation_importance(agreement, X, COLUMNS, Deadline(0)) == []


def test_a_single_shuffle_has_no_standard_error(monkeypatch):
    monkeypatch.setattr("pellucid.report.importance.REPEATS", 1)
    assert math.isnan(permutation_importance(agreement, X, COLUMNS, AMPLE)[0].standard_error)
