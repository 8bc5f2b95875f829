"""Questions to many runs."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid import ConfigError, UnknownNameError
from pellucid.runs.query import fields_of, parse, select

RUNS = [
    {"id": "a", "accuracy": 0.95, "optimizer": "Adam", "hidden": "64, 32", "depth": 2},
    {"id": "b", "accuracy": 0.85, "optimizer": "momentum", "depth": None},
    {"id": "c", "accuracy": float("nan"), "optimizer": "adam", "layer/name (x)": "odd"},
]


def ids(where=None, sort=()):
    return "".join(run["id"] for run in select(RUNS, where, sort))


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("accuracy > .9", "a"),
        ("accuracy<=0.95 and accuracy >= 8.5e-1", "ab"),
        ("optimizer = adam", "ac"),
        ("optimizer != 'adam'", "b"),
        ("not optimizer == adam or id = a", "ab"),
        ("optimizer = momentum or optimizer = adam and accuracy > 0.9", "ab"),
        ("(optimizer = momentum or optimizer = adam) and accuracy > 0.9", "a"),
        ('hidden ~ "64, 32"', "a"),
        ("depth = 2", "a"),
        ("depth != 3", "a"),
        ("not depth = 2", "bc"),
        ("accuracy = high", ""),
        ("'layer/name (x)' = odd", "c"),
        ("NOT (id = a AND id = a) OR id=a", "abc"),
    ],
)
def test_a_condition_holds_for_some_runs(where, found):
    assert ids(where) == found


def test_runs_are_sorted_and_those_without_the_field_come_last():
    assert ids(sort=["accuracy"]) == "bac"
    assert ids(sort=["-accuracy"]) == "abc"
    assert ids(sort=["-id"]) == "cba"
    assert ids(sort=["depth", "-id"]) == "acb"


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("", "a field is missing at the end"),
        ("accuracy", "comes one of"),
        ("accuracy >", "a value is missing at the end"),
        ("accuracy > 1 accuracy", "'accuracy' is not expected"),
        ("(accuracy > 1", "not closed"),
        ("accuracy > 'x", "close quotes"),
        ("> 1", "a field is missing before '>'"),
        ("not " * 60 + "id = a", "more than 50 deep"),
        ("accuracy > 1)", "')' is not expected"),
    ],
)
def test_what_cannot_be_read_is_said(where, words):
    with pytest.raises(ConfigError, match="--where") as error:
        ids(where)
    assert words in str(error.value)


def test_a_name_that_no_run_has_is_said_with_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean accuracy"):
        ids("acuracy > 1")
    with pytest.raises(UnknownNameError, match="field 'x'"):
        ids(sort=["x"])


@given(st.text(alphabet="abid =<>!~()'\"0.1andornot_[]{}__import__", max_size=40))
def test_any_text_is_a_condition_or_an_error_of_ours(text):
    with contextlib.suppress(ConfigError):
        parse(text)({"a": 1})


def test_a_bare_result_is_of_validation_never_of_the_test_part():
    summary = {
        "id": "a",
        "settings": {"epochs": 5, "seed": 1, "loss": "Huber"},
        "epochs": 3,
        "results": {"validation/accuracy": 0.8, "test/accuracy": 0.9, "test/brier": 0.1},
        "last": {"train/accuracy": 0.99, "train/r2": 0.5, "train/loss": 0.2},
        "data": {"name": "iris"},
        "tags": ["x", "y"],
    }
    fields = fields_of(summary)
    assert fields["accuracy"] == 0.8
    assert fields["r2"] == 0.5
    assert "brier" not in fields
    assert fields["test/accuracy"] == 0.9
    assert (fields["epochs"], fields["settings.epochs"], fields["seed"]) == (3, 5, 1)
    assert (fields["loss"], fields["settings.loss"]) == (0.2, "Huber")
    assert (fields["data"], fields["tags"]) == ("iris", "x, y")
