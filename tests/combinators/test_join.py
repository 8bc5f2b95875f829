from __future__ import annotations

import jax
import numpy as np
import pytest

from pellucid.combinators import Join
from pellucid.errors import ShapeError

A, B = np.arange(6.0).reshape(3, 2), np.arange(3.0).reshape(3, 1)


def test_a_dict_is_joined_in_the_order_of_names_and_cut_again():
    y, cache, _ = Join().forward({}, {}, {"b": B, "a": A})
    assert np.array_equal(y, np.hstack([A, B]))
    _, dx = Join().backward({}, cache, y)
    assert list(dx) == ["a", "b"]
    assert np.array_equal(dx["a"], A)
    assert np.array_equal(dx["b"], B)


def test_a_dict_that_came_through_jit_is_joined_alike():
    """JAX hands dicts on with their names sorted."""
    x = {"b": B, "a": A}
    assert np.array_equal(jax.jit(lambda x: Join().forward({}, {}, x)[0])(x), Join().forward({}, {}, x)[0])


def test_a_tuple_is_joined_in_its_own_order():
    y, cache, _ = Join().forward({}, {}, (B, A))
    assert np.array_equal(y, np.hstack([B, A]))
    _, (db, da) = Join().backward({}, cache, 2.0 * y)
    assert np.array_equal(db, 2.0 * B)
    assert np.array_equal(da, 2.0 * A)


@pytest.mark.parametrize(
    ("x", "why"),
    [
        (A, "needs a dict or tuple of arrays"),
        ({}, "needs a dict or tuple of arrays"),
        ((A, B[:2]), r"the others must agree, not \(3, 2\), \(2, 1\)"),
    ],
)
def test_what_cannot_be_joined(x, why):
    with pytest.raises(ShapeError, match=why):
        Join().forward({}, {}, x)
