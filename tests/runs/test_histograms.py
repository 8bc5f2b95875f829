"""Histograms as they were written, and those that were not written by pellucid."""

from __future__ import annotations

import pytest

from pellucid import UnknownNameError
from pellucid.runs.histograms import MOST_TIMES, histogram_names, histogram_of
from synthetic_runs import examination


def test_histograms_of_one_array_over_time():
    records = [examination(epoch) for epoch in (1, 2, 3)]
    assert histogram_names(records) == ["dense_1/W/weight", "dense_1/W/gradient", "dense_1/output"]
    found = histogram_of(records, "dense_1/output")
    assert found["steps"] == [5, 10, 15]
    assert found["counts"] == [[1] * 32, [2] * 32, [3] * 32]
    assert found["least"] == [-1.0] * 3


def test_what_is_no_histogram_is_left_out():
    good = examination(1)
    huge = examination(2, bins=10**6)
    odd = {"step": 3, "histograms": {"dense_1/output": {"least": float("nan"), "greatest": 1, "counts": [1]}}}
    found = histogram_of(
        [good, huge, odd, {"histograms": 5}, {"histograms": {"dense_1/output": [1]}}], "dense_1/output"
    )
    assert found["steps"] == [5]


def test_of_many_examinations_some_are_told_and_the_last():
    records = [examination(epoch) for epoch in range(1, 3 * MOST_TIMES)]
    found = histogram_of(records, "dense_1/output")
    assert len(found["steps"]) <= MOST_TIMES
    assert found["epochs"][-1] == 3 * MOST_TIMES - 1


def test_an_array_without_histograms_is_said():
    with pytest.raises(UnknownNameError, match="none yet"):
        histogram_of([], "x")
    with pytest.raises(UnknownNameError, match="dense_1/output"):
        histogram_of([examination(1)], "dense_1/outputs")
