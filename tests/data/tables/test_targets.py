from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pellucid.data import Table
from pellucid.data.base.targets import ClassTarget, InputsTarget, NumberTarget
from pellucid.data.tables.targets import class_name, encode_target, fit_classes, fit_target
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
    target = fit_classes(table_of(cells), "y")
    assert target.classes == classes
    assert (target.name, target.task) == ("y", "classification")
    labels, notes = encode_target(target, table_of(cells))
    assert labels.dtype == np.int32
    assert notes == ()
    expected = [str(cell).lower().removesuffix(".0") for cell in cells]
    assert target.decode(labels).tolist() == expected


def test_a_full_stop_behind_a_class_is_overlooked():
    target = ClassTarget("y", ("<=50K", ">50K"))
    labels, notes = encode_target(target, table_of([">50K.", "<=50K."]))
    assert labels.tolist() == [1, 0]
    assert notes == ("y: '<=50K.' taken as '<=50K'", "y: '>50K.' taken as '>50K'")


def test_a_class_never_seen_in_training():
    with pytest.raises(DataError, match=r"t.csv, line 3: the target 'y' is 'c', .* the classes are a, b"):
        encode_target(ClassTarget("y", ("a", "b")), table_of(["a", "c", "b"]))


def test_the_target_may_go_unnamed_in_a_later_table():
    labels, _ = encode_target(ClassTarget("y", ("a", "b")), table_of(["b"], target=None))
    assert labels.tolist() == [1]
    with pytest.raises(UnknownNameError, match=r"unknown column .* 'z'"):
        encode_target(ClassTarget("z", ("a", "b")), table_of(["b"]))


def test_amounts_of_a_column():
    target = NumberTarget.fit("y", np.array([10.0, 20.0, 30.0, 40.0]))
    y, notes = encode_target(target, table_of(["10", "20", "30", "40"]))
    assert notes == ()
    np.testing.assert_array_equal(y, target.encode(np.array([10.0, 20.0, 30.0, 40.0])))
    with pytest.raises(DataError, match=r"t.csv, line 3: the target 'y' is missing"):
        encode_target(target, table_of([1.0, None]))


def test_the_target_of_a_task():
    table = table_of(["1", "3", "5", "100"])
    assert fit_target(table, "regression", np.array([0, 1, 2])) == NumberTarget.fit("y", np.array([1.0, 3.0, 5.0]))
    assert fit_target(table, "classification", np.array([0])).classes == ("1", "3", "5", "100")
    assert fit_target(table, "reconstruction", np.array([0])) == InputsTarget("y")


def test_class_names():
    assert [class_name(cell) for cell in ("a b", 1.0, -0.0, 0.5)] == ["a b", "1", "0", "0.5"]
