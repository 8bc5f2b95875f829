"""What hyper-parameters must satisfy, said once: each check names the owner, the field, the value and what fits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from numbers import Integral, Real
from typing import Any

from pellucid.errors import ConfigError

LONGEST = 200
"""Characters of a value in a message at most."""

_values_are_real: ContextVar[bool] = ContextVar("values are real", default=True)


@contextmanager
def shapes_alone() -> Iterator[None]:
    """Inside, a layer runs on made-up values to show its shapes: ``values_are_real()`` is False."""
    before = _values_are_real.set(False)
    try:
        yield
    finally:
        _values_are_real.reset(before)


def values_are_real() -> bool:
    """Whether what a layer is given is somebody's data, so that its values are to be checked."""
    return _values_are_real.get()


def whole(owner: object, field: str, value: Any) -> None:
    """``value`` is a whole number, negative ones too."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        _refuse(owner, field, value, "a whole number")


def positive_int(owner: object, field: str, value: Any) -> None:
    """``value`` is a whole number of at least 1 (and below 2^31: it counts things that have to fit in memory)."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 1:
        _refuse(owner, field, value, "a whole number of at least 1")
    if value >= 2**31:
        _refuse(owner, field, value, "less than 2^31")


def non_negative_int(owner: object, field: str, value: Any) -> None:
    """``value`` is a whole number of at least 0."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 0:
        _refuse(owner, field, value, "a whole number of at least 0")


def positive(owner: object, field: str, value: Any) -> None:
    """``value`` is a finite number above 0."""
    if not is_number(value) or value <= 0:
        _refuse(owner, field, value, "a number above 0")


def non_negative(owner: object, field: str, value: Any) -> None:
    """``value`` is a finite number of at least 0."""
    if not is_number(value) or value < 0:
        _refuse(owner, field, value, "a number of at least 0")


def number(owner: object, field: str, value: Any) -> None:
    """``value`` is a finite number."""
    if not is_number(value):
        _refuse(owner, field, value, "a finite number")


def fraction(owner: object, field: str, value: Any) -> None:
    """``value`` is a number from 0 up to, not including, 1."""
    if not is_number(value) or not 0 <= value < 1:
        _refuse(owner, field, value, "a number from 0 up to, not including, 1")


def key(owner: object, given: Any) -> None:
    """There is a key to draw with."""
    if given is None:
        raise ConfigError(f"{owner!r} draws at random in training: forward needs a key, such as key=ops.key(0)")


def instance(owner: object, field: str, value: Any, kind: type) -> None:
    """``value`` is an instance of ``kind`` (and not the class itself: ``ReLU()``, not ``ReLU``)."""
    if not isinstance(value, kind):
        article = "an" if kind.__name__[0] in "AEIOU" else "a"
        hint = f"; write {value.__name__}(...)" if isinstance(value, type) and issubclass(value, kind) else ""
        _refuse(owner, field, value, f"{article} {kind.__name__}{hint}")


def is_number(value: Any) -> bool:
    """Whether ``value`` is a finite number, one that a float can hold."""
    try:
        return not isinstance(value, bool) and isinstance(value, Real) and math.isfinite(value)
    except OverflowError:  # a whole number of more than 308 digits
        return False


def _refuse(owner: object, field: str, value: Any, wanted: str) -> None:
    name = owner if isinstance(owner, str) else type(owner).__name__
    raise ConfigError(f"{name}: {field} must be {wanted}, not {_shown(value)}")


def _shown(value: Any) -> str:
    """The value as Python writes it, but not thousands of digits."""
    text = repr(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "..."
