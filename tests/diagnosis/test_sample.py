"""Part of the examples, where all would take too long."""

from __future__ import annotations

import numpy as np

from pellucid import MappedArrays
from pellucid.diagnosis import on_disk
from pellucid.diagnosis.case import make_case
from pellucid.diagnosis.sample import sampled_rows, sized_case
from small_trainings import of_classes


def test_rows_are_of_classes_in_proportion_and_none_is_lost():
    y = np.repeat([0, 1, 2], [900, 90, 10])
    rows = sampled_rows(y, 100)
    assert np.bincount(y[rows]).tolist() == [90, 9, 1]
    assert (np.diff(rows) > 0).all()


def test_a_budget_that_is_too_small_takes_fewer_examples_and_says_so():
    case = of_classes(rows=2400)
    now = iter(range(1000))
    smaller, said = sized_case(case, 60.0, lambda: float(next(now)))
    assert len(smaller.train) == 500
    assert said[0].startswith("experiments use 500 of 1,800 training examples")
    same, nothing = sized_case(case, 60.0, lambda: 0.0)
    assert same is case
    assert nothing == []


def test_of_examples_on_disk_a_part_is_read_and_said(tmp_path, monkeypatch):
    monkeypatch.setattr(on_disk, "ON_DISK", 100)
    case = of_classes(rows=400)
    for name, array in (("x", case.train.x), ("y", case.train.y)):
        np.save(tmp_path / f"{name}.npy", array)
    data = MappedArrays(tmp_path / "x.npy", tmp_path / "y.npy")
    found = make_case("diagnose", case.model, case.loss, data)
    assert len(found.train) + len(found.validation) == 100
    assert found.remarks == ("100 of 300 examples on disk are looked at, from all over the data",)
