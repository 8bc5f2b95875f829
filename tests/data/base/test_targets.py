from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pellucid.data import Table
from pellucid.data.base.targets import ClassTarget, NumberTarget
from pellucid.errors import DataError, UnknownNameError


def table_of(cells, target="y"):
    return Table(pl.DataFrame({"y": cells}), "t.csv", np.arange(2, 2 + len(cells)), "line", target)


@pytest.mark.parametrize(
    ("cells", "classes"),
    [
        (["b", "a", "b"], ("a", "b")),
        (["10", "9", "9.0"], ("9", "10")),
        (["0.5", "-1"], ("-1", "0.5")),
        ([True, False], ("false", "true")),
        ([3, 1], ("1", "3")),
        (["1", "10", "2", "x"], ("1", "10", "2", "x")),
    ],
)
def test_classes_in_order(cells, classes):
    target = ClassTarget.fit(table_of(cells))
    assert target.classes == classes
    assert (target.name, target.task) == ("y", "classification")
    labels, notes = target.encode(table_of(cells))
    assert labels.dtype == np.int32
    assert notes == ()
    expected = [str(cell).lower().removesuffix(".0") for cell in cells]
    assert target.decode(labels).tolist() == expected


def test_a_full_stop_behind_a_class_is_overlooked():
    target = ClassTarget("y", ("<=50K", ">50K"))
    labels, notes = target.encode(table_of([">50K.", "<=50K."]))
    assert labels.tolist() == [1, 0]
    assert notes == ("y: '<=50K.' taken as '<=50K'", "y: '>50K.' taken as '>50K'")


def test_a_class_never_seen_in_training():
    with pytest.raises(DataError, match=r"t.csv, line 3: the target 'y' is 'c', .* the classes are a, b"):
        ClassTarget("y", ("a", "b")).encode(table_of(["a", "c", "b"]))


def test_the_target_may_go_unnamed_in_a_later_table():
    labels, _ = ClassTarget("y", ("a", "b")).encode(table_of(["b"], target=None))
    assert labels.tolist() == [1]
    with pytest.raises(UnknownNameError, match=r"unknown column .* 'z'"):
        ClassTarget("z", ("a", "b")).encode(table_of(["b"]))


def test_amounts_are_scaled_and_come_back():
    amounts = np.array([10.0, 20.0, 30.0, 40.0])
    target = NumberTarget.fit("y", amounts)
    assert (target.mean, target.task, target.classes) == (25.0, "regression", None)
    y, notes = target.encode(table_of(["10", "20", "30", "40"]))
    assert (y.dtype, y.shape, notes) == (np.float32, (4, 1), ())
    np.testing.assert_allclose(y[:, 0], (amounts - 25.0) / np.sqrt(125.0), rtol=1e-6)
    np.testing.assert_allclose(target.decode(y), amounts, rtol=1e-6)
    assert NumberTarget.fit("y", np.array([2.0, 2.0])).scale == 1.0


def test_what_cannot_be():
    for classes in (("a",), ("a", "a")):
        with pytest.raises(DataError, match="at least two classes that differ"):
            ClassTarget("y", classes)
    with pytest.raises(DataError, match="a scale above 0, not -1"):
        NumberTarget("y", 0.0, -1.0)
