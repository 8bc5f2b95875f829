"""Errors: one base, the nearest names, one line."""

from __future__ import annotations

import pickle

import pytest

from pellucid import errors
from pellucid.errors import MOST, PellucidError, UnknownNameError, describe


@pytest.mark.parametrize("name", errors.__all__)
def test_one_base_catches_them_all(name):
    assert issubclass(getattr(errors, name), PellucidError)


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (errors.ConfigError, ValueError),
        (errors.ShapeError, ValueError),
        (errors.DataError, ValueError),
        (errors.ConformanceError, AssertionError),
    ],
)
def test_code_that_knows_only_python_catches_them_too(error, builtin):
    assert issubclass(error, builtin)


def test_near_names_are_offered_whatever_their_case():
    error = UnknownNameError("activation", "RELU", ["relu", "tanh"])
    assert error.near == ["relu"]
    assert str(error) == "unknown activation 'RELU': did you mean relu?"


def test_without_a_near_name_all_are_listed_sorted_unless_they_have_an_order():
    assert str(UnknownNameError("engine", "x", {"numpy", "jax"})).endswith("choose one of: jax, numpy")
    assert str(UnknownNameError("engine", "x", ("numpy", "jax"))).endswith("choose one of: numpy, jax")


def test_of_many_names_the_first_are_listed():
    text = str(UnknownNameError("column", "x", [f"long name {i}" for i in range(MOST + 3)]))
    assert text.endswith("and 3 more")
    assert text.count("long name") == MOST


def test_it_comes_whole_from_another_process():
    error = UnknownNameError("activation", "rleu", ["relu"])
    error.add_note("in encoder/2")
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.name, copy.near, copy.__notes__) == (str(error), "rleu", ["relu"], ["in encoder/2"])


def test_a_description_is_one_line_with_its_notes_and_without_those_of_jax():
    error = ValueError("first\n  second")
    error.add_note("in dense_1")
    error.add_note("--------------------\nFor simplicity, JAX has removed its internal frames")
    assert describe(error) == "first second; in dense_1"
