"""What hyper-parameters must satisfy: what each check takes, what it refuses, and what it says."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pellucid import ConfigError, Dense, Layer, ReLU, validate

NAN, INFINITY = math.nan, math.inf


@pytest.mark.parametrize(
    ("check", "taken", "refused"),
    [
        (validate.whole, [-3, 0, np.int64(7)], [True, 1.0, "1", None]),
        (validate.positive_int, [1, np.int32(2), 2**31 - 1], [0, -1, True, 2.0, 2**31]),
        (validate.non_negative_int, [0, 5], [-1, False, 0.0]),
        (validate.positive, [1e-300, 3, np.float32(0.5)], [0, -1.0, NAN, INFINITY, True, "1"]),
        (validate.non_negative, [0, 0.0, 2], [-1e-300, NAN, INFINITY, False]),
        (validate.number, [-1.5, 0, np.float64(2)], [NAN, -INFINITY, True, None, 1j]),
        (validate.fraction, [0, 0.5, np.nextafter(1.0, 0.0)], [1, -0.1, NAN, False]),
    ],
)
def test_what_is_taken_and_refused(check, taken, refused):
    for value in taken:
        check("Owner", "field", value)
    for value in refused:
        with pytest.raises(ConfigError, match=r"^Owner: field must be .*, not "):
            check("Owner", "field", value)


def test_the_owner_is_named_by_its_class():
    with pytest.raises(ConfigError, match=r"^Dense: units must be a whole number of at least 1, not 0$"):
        validate.positive_int(Dense(1), "units", 0)


def test_a_class_in_place_of_a_value_is_told_how_to_make_one():
    validate.instance("Chain", "layers", ReLU(), Layer)
    with pytest.raises(ConfigError, match=r"must be a Layer; write ReLU\(\.\.\.\), not"):
        validate.instance("Chain", "layers", ReLU, Layer)
    with pytest.raises(ConfigError, match="must be an OSError, not 3"):
        validate.instance("Chain", "layers", 3, OSError)


def test_a_layer_that_draws_needs_a_key():
    validate.key(ReLU(), np.zeros(2, np.uint32))
    with pytest.raises(ConfigError, match=r"ReLU\(\) draws at random in training: forward needs a key"):
        validate.key(ReLU(), None)


def test_values_are_made_up_only_inside_even_nested_and_after_an_error():
    def fail():
        with validate.shapes_alone():
            pass
        seen.append(validate.values_are_real())
        raise RuntimeError

    seen = [validate.values_are_real()]
    with pytest.raises(RuntimeError), validate.shapes_alone():
        fail()
    assert [*seen, validate.values_are_real()] == [True, False, True]
