from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pellucid.data import Table
from pellucid.data.base.targets import ClassTarget, InputsTarget, NumberTarget
from pellucid.data.tables.targets import class_name, encode_target, fit_classes, fit_target, labels_as_written
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


@pytest.mark.parametrize(
    ("cells", "classes"),
    [
        (["True", "False", "True"], ("False", "True")),
        (["TRUE", "false", "TRUE", "True"], ("false", "TRUE")),
        (["01", "02", "01"], ("01", "02")),
        (["1.0", "2.0", "1"], ("1", "2.0")),
        (["New  York", "La Paz"], ("La Paz", "New  York")),
        (["1,5", "x"], ("1,5", "x")),
    ],
)
def test_labels_are_as_they_were_written(cells, classes):
    target = fit_classes(table_of(cells), "y")
    assert target.classes == classes
    labels, _ = encode_target(target, table_of(cells))
    assert len(set(labels.tolist())) == 2
    assert set(labels_as_written(table_of(cells), "y")) == set(classes)


def test_a_class_may_be_written_otherwise_in_a_later_table():
    assert encode_target(ClassTarget("y", ("01", "2.0")), table_of(["1", "2"]))[0].tolist() == [0, 1]
    assert encode_target(ClassTarget("y", ("False", "True")), table_of(["TRUE", "false"]))[0].tolist() == [1, 0]
    assert encode_target(ClassTarget("y", ("01", "1", "x")), table_of(["1", "x"]))[0].tolist() == [1, 2]


def test_several_amounts_and_several_labels():
    frame = pl.DataFrame({"a": ["1", "3"], "b": ["10", "50"], "l": ["0", "1"], "m": ["yes", "no"]})
    table = Table(frame, "t.csv", np.arange(2), target="a, b")
    amounts = fit_target(table, "regression", np.arange(2))
    assert (amounts.columns, amounts.outputs, amounts.name) == (("a", "b"), ("a", "b"), "a, b")
    y, _ = encode_target(amounts, table)
    np.testing.assert_array_equal(y, [[-1, -1], [1, 1]])
    np.testing.assert_allclose(amounts.decode(y), [[1, 10], [3, 50]])
    labels = fit_target(table.with_target("l,m"), "multi-label", np.arange(2))
    y, _ = encode_target(labels, table)
    np.testing.assert_array_equal(y, [[0, 1], [1, 0]])
    assert labels.decode(y).tolist() == [["0", "yes"], ["1", "no"]]


def test_logarithms_come_back_as_amounts():
    amounts = np.array([1e-9, 1e-3, 5.0, 1e6])
    target = NumberTarget.fit("y", amounts, 0.0)
    np.testing.assert_allclose(target.decode(target.encode(amounts)), amounts, rtol=1e-4)
    assert np.isfinite(target.decode(np.array([[1e9]]))).all()
    with pytest.raises(DataError, match="there is no logarithm of y"):
        target.encode(np.array([-1.0]))
