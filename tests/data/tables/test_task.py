from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pellucid.data import Table, choose_task, infer_task
from pellucid.errors import DataError, UnknownNameError


def table_of(cells, name="y"):
    return Table(pl.DataFrame({name: cells}, strict=False), "t.csv", np.arange(2, 2 + len(cells)), "line", name)


@pytest.mark.parametrize(
    ("cells", "task", "reason"),
    [
        (["a", "b"] * 5, "classification", "words, 2 different ones"),
        ([True, False] * 5, "classification", "words, 2 different ones"),
        (["0", "1"] * 5, "classification", "2 different numbers"),
        (["-0.5", "0.5"] * 5, "classification", "2 different numbers"),
        ([str(i % 20) for i in range(100)], "classification", "whole numbers, 20 different ones"),
        ([str(i % 20) for i in range(99)], "regression", "whole numbers, 20 different ones"),
        ([str(i % 21) for i in range(500)], "regression", "whole numbers, 21 different ones"),
        ([f"{i % 3}.0" for i in range(15)], "classification", "whole numbers, 3 different ones"),
        ([f"{i % 3}.5" for i in range(15)], "regression", "numbers, 3 different ones"),
        ([1.5, 2.5, 3.5, 4.5], "regression", "numbers, 4 different ones"),
    ],
)
def test_the_target_tells_the_task(cells, task, reason):
    assert infer_task(table_of(cells)) == (task, f"the target 'y' holds {reason}")
    assert choose_task(table_of(cells)) == (task, f"the target 'y' holds {reason}")


def test_the_task_can_be_asked_for():
    forty = table_of([f"{i % 40}" for i in range(99)])
    assert choose_task(table_of(["1", "2", "3"] * 5), "regression") == ("regression", "as requested")
    assert choose_task(forty, "classification") == (
        "classification",
        "as requested",
    )
    with pytest.raises(UnknownNameError, match="did you mean regression"):
        choose_task(table_of(["1", "2"]), "regresion")


@pytest.mark.parametrize(
    ("cells", "task", "message"),
    [
        (["a"] * 9, "auto", r"t.csv: the target 'y' is 'a' in every row"),
        (["2"] * 9, "regression", r"the target 'y' is '2' in every row"),
        ([-0.0] * 9, "regression", r"the target 'y' is '0' in every row"),
        (
            ["Some", None] * 9,
            "auto",
            r"is missing \(empty, or marked so, as by .*none.* -\).* write the class differently",
        ),
        (["a", "b", None, "a"], "auto", r"t.csv, line 4: the target 'y' is missing"),
        ([1.0, 2.0, float("nan"), 3.0], "auto", r"t.csv, line 4: the target 'y' is missing"),
        ([None, None], "auto", r"t.csv, line 2: the target 'y' is missing"),
        (["1", "2", "x"] * 5, "regression", r"t.csv, line 4: the target 'y' is 'x', but regression needs numbers"),
        (["1"] * 19 + ["x"], "auto", r"t.csv, line 21: the target 'y' is 'x', but regression needs numbers"),
        (["1", "2", "inf"] * 5, "auto", r"t.csv, line 4: column 'y' is infinite"),
        (
            [f"{i}.5" for i in range(99)],
            "classification",
            r"99 different numbers with fractions: take the task regression",
        ),
        ([f"n{i}" for i in range(9)], "auto", r"9 classes in 9 rows"),
    ],
)
def test_targets_that_cannot_be(cells, task, message):
    with pytest.raises(DataError, match=message):
        choose_task(table_of(cells), task)


def test_numbers_with_a_word_may_be_asked_to_be_classes():
    assert choose_task(table_of(["1"] * 19 + ["x"]), "classification")[0] == "classification"


def test_a_target_that_is_not_there():
    with pytest.raises(UnknownNameError, match=r"unknown column .* 'z'"):
        infer_task(Table(pl.DataFrame({"y": [1]}), "t.csv", np.array([1]), "row", "z"))
