from __future__ import annotations

import copy
import json

import numpy as np
import polars as pl
import pytest

from pellucid.data import Preprocessing, Table
from pellucid.data.tables.columns import as_numbers
from pellucid.errors import DataError, UnknownNameError, describe


def table_of(columns, target=None, name="t.csv"):
    frame = pl.DataFrame(columns, strict=False)
    return Table(frame, name, np.arange(2, 2 + len(frame)), "line", target)


PEOPLE = {
    "age": ["20", "30", None, "40", "50", "30"],
    "job": ["a", "b", "a", None, "a", "b"],
    "born": ["1990-01-01"] * 6,
    "empty": [None] * 6,
    "same": ["1"] * 6,
    "name": list("uvwxyz"),
    "height": ["1.5", "1.6", "1.7", "1.8", "1.9", "2"],
    "y": ["no", "yes"] * 3,
}


@pytest.fixture
def people():
    return table_of(PEOPLE, "y")


@pytest.fixture
def fitted(people):
    return Preprocessing.fit(people, "classification")


def test_columns_become_features(fitted):
    assert fitted.columns == ("age", "job", "height")
    assert fitted.features == ("age", "height", "job=a", "job=b")
    assert fitted.left_out == ("born", "empty", "same", "name")
    assert fitted.notes == (
        "left out (one value only): born, same",
        "left out (nothing in it): empty",
        "left out (a different word in every row): name",
        "inputs: normalise, which suits tables",
    )


def test_x_by_hand(people, fitted):
    x, notes = fitted.transform(people)
    age = np.array([20, 30, 30, 40, 50, 30])  # the median of 20 30 30 40 50 is 30
    np.testing.assert_allclose(x[:, 0], (age - age.mean()) / age.std(), rtol=1e-6)
    assert x[:, 2:].tolist() == [[1, 0], [0, 1], [1, 0], [0, 0], [1, 0], [0, 1]]
    assert notes == (
        "missing, filled with the median: age (1 with 30)",
        "missing, taken as none of the categories: job (1)",
    )


def test_only_the_training_rows_count(people):
    rows = np.array([0, 1])
    fitted = Preprocessing.fit(people, "classification", rows)
    assert fitted.numbers.mean[0] == 25.0
    changed = table_of({**PEOPLE, "age": ["20", "30", "7", "8", "9", "10"], "height": ["1.5", "1.6"] + ["9"] * 4}, "y")
    assert Preprocessing.fit(changed, "classification", rows) == fitted


def test_a_later_table_in_another_order_without_the_target(fitted):
    later = table_of({"height": ["1.5"], "job": ["pilot"], "extra": ["?"], "age": ["30"]})
    x, notes = fitted.transform(later)
    assert x.shape == (1, 4)
    assert x[0, 2:].tolist() == [0, 0]
    assert notes == (
        "never seen in training, taken as none of the categories: job (1, such as 'pilot')",
        "not seen in training, ignored: extra",
    )


def test_the_columns_left_out_and_the_target_are_not_missed_and_not_mentioned(people, fitted):
    assert not any("ignored" in note for note in fitted.transform(people)[1])
    assert fitted.transform(table_of({"age": ["1"], "job": ["a"], "height": ["2"]}))[1] == ()


def test_columns_that_are_not_there(fitted):
    with pytest.raises(DataError) as caught:
        fitted.transform(table_of({"Age": ["1"], "height": ["2"]}))
    assert describe(caught.value) == (
        "t.csv lacks columns that the network was trained on: age, job (is 'Age' meant to be 'age'?)"
    )


def test_words_and_infinity_where_numbers_are_needed(fitted):
    for cell, message in (("old", "line 2: column 'age' holds numbers, but here it is 'old'"), ("inf", "infinite")):
        with pytest.raises(DataError, match=message):
            fitted.transform(table_of({"age": [cell], "job": ["a"], "height": ["2"]}))


def test_numbers_may_be_taken_as_categories(people):
    fitted = Preprocessing.fit(people, "classification", categorical=["age"])
    assert fitted.features == ("height", "age=30", "age=20", "age=40", "age=50", "job=a", "job=b")
    with pytest.raises(UnknownNameError, match="did you mean age"):
        Preprocessing.fit(people, "classification", categorical=["agee"])


def test_words_only_and_numbers_only():
    words = Preprocessing.fit(table_of({"a": ["p", "q", "p"], "y": ["1", "2", "3"]}, "y"), "regression")
    assert words.transform(table_of({"a": ["q"]}))[0].tolist() == [[0, 1]]
    numbers = Preprocessing.fit(table_of({"a": ["1", "2", "3"], "y": ["1", "2", "3"]}, "y"), "regression")
    assert numbers.transform(table_of({"a": ["2"]}))[0].tolist() == [[0]]


def test_nothing_to_predict_from():
    with pytest.raises(DataError, match=r"t.csv has no column to predict from: left out \(one value only\): a"):
        Preprocessing.fit(table_of({"a": ["1", "1"], "y": ["1", "2"]}, "y"), "regression")
    with pytest.raises(DataError, match="it has no column beside the target 'y'"):
        Preprocessing.fit(table_of({"y": ["1", "2"]}, "y"), "regression")


def test_storing_gives_the_same_again(people, fitted):
    regression = Preprocessing.fit(table_of({"a": ["0.1", "2", "3"], "y": ["0.1", "2", "3"]}, "y"), "regression")
    for preprocessing in (fitted, regression):
        stored = json.loads(json.dumps(preprocessing.to_dict()))
        assert stored == preprocessing.to_dict()
        assert Preprocessing.from_dict(stored) == preprocessing
    assert np.array_equal(Preprocessing.from_dict(fitted.to_dict()).transform(people)[0], fitted.transform(people)[0])


def spoiled(stored):
    """The stored preprocessing, spoiled in every way."""
    for path, value in [
        (["numbers", "scale", 0], 0.0),
        (["numbers", "scale", 0], float("nan")),
        (["numbers", "mean", 0], float("inf")),
        (["numbers", "mean", 0], "1"),
        (["numbers", "names"], ["age"]),
        (["numbers", "names", 1], "age"),
        (["numbers"], None),
        (["categories"], {}),
        (["categories", 0, "values"], []),
        (["categories", 0, "name"], "age"),
        (["categories", 0, "other"], 1),
        (["target", "classes"], ["no"]),
        (["target", "task"], "regression"),
        (["target"], {}),
        (["surprise"], 1),
        (["numbers", "surprise"], 1),
    ]:
        copied = copy.deepcopy(stored)
        inner = copied
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value
        yield copied
    for key in ("numbers", "categories", "target"):
        yield {name: value for name, value in stored.items() if name != key}
    yield from (None, [], "x", 3, {}, {"a": object()})
    circle: dict[str, object] = {}
    circle["circle"] = circle
    yield circle


def test_what_was_not_stored_by_us_is_refused(fitted):
    for values in spoiled(fitted.to_dict()):
        with pytest.raises(DataError, match="this is not a stored preprocessing") as caught:
            Preprocessing.from_dict(values)
        assert "\n" not in describe(caught.value)


@pytest.mark.parametrize(
    ("trained", "later"),
    [
        ([True, False, True], ["True", "False", "TRUE"]),
        (["True", "False", "True"], [True, False, True]),
        (["0", "1", "0"], ["0.0", "1.0", "0.0"]),
        (["0", "1", "0"], [0.0, 1.0, 0.0]),
        ([0.0, 1.0, 0.0], [0, 1, 0]),
    ],
)
def test_categories_are_known_again_in_a_file_of_another_type(trained, later):
    fitted = Preprocessing.fit(table_of({"z": trained, "y": ["1", "2", "3"]}, "y"), "regression", categorical=["z"])
    x, notes = fitted.transform(table_of({"z": later}))
    assert x.tolist() == [[1, 0], [0, 1], [1, 0]]
    assert notes == ()


def test_every_column_is_read_twice_at_most_to_train(monkeypatch, people):
    """Once to fit, once to transform: with thousands of columns it counts."""
    from pellucid.data.tables import preparation, selection

    read = []
    for module in (preparation, selection):
        monkeypatch.setattr(module, "as_numbers", lambda table, name: (read.append(name), as_numbers(table, name))[1])
    Preprocessing.fit(people, "classification").transform(people)
    assert (read.count("age"), read.count("same")) == (2, 1)


def test_the_names_of_the_columns_are_asked_for_a_few_times_only(monkeypatch):
    table = table_of({f"c{i}": ["1", "2", "3"] for i in range(100)} | {"y": ["1", "2", "3"]}, "y")
    fitted = Preprocessing.fit(table, "regression")
    asked = []
    monkeypatch.setattr(Table, "columns", property(lambda table: (asked.append(1), tuple(table.frame.columns))[1]))
    fitted.transform(table)
    assert len(asked) < 10


def test_a_column_of_texts_that_is_left_out_is_said_to_be_one():
    said = [f"the {n}th day was fine" for n in range(6)]
    frame = pl.DataFrame({"said": said, "age": range(6), "y": [0, 1] * 3})
    fitted = Preprocessing.fit(Table(frame, "t.csv", np.arange(6), target="y"), "classification")
    assert "left out (a different text in every row; --text said reads it): said" in fitted.notes
