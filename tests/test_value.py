"""Values: frozen, equal by their fields, and printed as the call that makes them."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError

import pytest

from pellucid.value import Value, subclasses


class Point(Value):
    """A value of one required field and two others."""

    x: int
    y: int = 0
    name: str = "p"


class Named(Point):
    """A value with one field more than its base."""

    label: str = ""


class Twice(Value, init=False):
    """A value with an ``__init__`` of its own."""

    x: int

    def __init__(self, half):
        object.__setattr__(self, "x", 2 * half)


def test_equal_by_class_and_fields():
    assert Point(1) == Point(1, 0, "p")
    assert hash(Point(1)) == hash(Point(1, y=0))
    assert Point(1) != Point(2)
    assert Point(1) != Named(1)
    assert pickle.loads(pickle.dumps(Point(1, 2))) == Point(1, 2)


def test_it_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Point(1).x = 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Point(1), "Point(1)"),
        (Point(1, 2), "Point(1, y=2)"),
        (Point(1, name="q"), "Point(1, name='q')"),
        (Named(1, label="a"), "Named(1, label='a')"),
        (Twice(2), "Twice(4)"),
    ],
)
def test_it_prints_as_the_call_with_what_differs_from_the_defaults(value, text):
    assert repr(value) == text


def test_fields_make_it_again():
    assert Point.from_fields({"x": 1, "name": "q"}) == Point(1, name="q")


def test_subclasses_are_found_at_any_depth():
    assert Named in set(subclasses(Value))
    assert list(subclasses(Point)) == [Named]
