from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import jax.numpy as jnp
import numpy as np
import polars as pl
import pytest
import scipy.sparse

from pellucid.data import check_arrays
from pellucid.errors import DataError, describe

ROWS = [[1, 2], [3, 4], [5, 6]]


@pytest.mark.parametrize(
    ("x", "dtype"),
    [
        (ROWS, np.float32),
        (tuple(map(tuple, ROWS)), np.float32),
        (np.array(ROWS, np.int64), np.float32),
        (np.array(ROWS, np.uint8), np.float32),
        (np.array(ROWS, np.float16), np.float32),
        (np.array(ROWS, np.float32), np.float32),
        (np.array(ROWS, np.float64), np.float64),
        (np.array(ROWS, ">f8"), np.float64),
        (np.array(ROWS, np.longdouble), np.float64),
        (np.asfortranarray(np.array(ROWS, np.float64)), np.float64),
        ([[Fraction(1), 2.0], [np.float32(3), 4], [5, 6]], np.float32),
        (np.array(ROWS, object), np.float64),
        (jnp.array(ROWS), np.float32),
        (pl.DataFrame(ROWS, orient="row"), np.float32),
        (np.ma.array(ROWS), np.float32),
    ],
)
def test_whatever_numpy_takes(x, dtype):
    checked, none = check_arrays(x)
    assert none is None
    assert type(checked) is np.ndarray
    assert checked.tolist() == ROWS
    assert checked.flags.c_contiguous
    assert checked.dtype in (dtype, np.float64)
    if not isinstance(x, list):
        assert checked.dtype == dtype


def test_what_is_right_is_not_copied():
    x = np.ones((3, 2), np.float32)
    assert check_arrays(x)[0] is x


def test_images_and_booleans():
    assert check_arrays(np.zeros((2, 4, 4, 1), bool))[0].dtype == np.float32


@pytest.mark.parametrize(
    ("y", "task", "expected"),
    [
        ([0, 1, 2], None, np.array([0, 1, 2], np.int32)),
        ([0, 1, 2], "classification", np.array([0, 1, 2], np.int32)),
        ([0.0, 1.0, 2.0], "classification", np.array([0, 1, 2], np.int32)),
        ([[0], [1], [1]], "classification", np.array([0, 1, 1], np.int32)),
        ([False, True, True], None, np.array([0, 1, 1], np.int32)),
        ([0, 1, 2], "regression", np.array([0, 1, 2], np.float32)),
        ([0.5, 1, 2], None, np.array([0.5, 1, 2], np.float32)),
        ([[0.5], [1], [2]], "regression", np.array([[0.5], [1], [2]], np.float32)),
        ([[1, 0], [0, 1], [1, 0]], "classification", np.array([[1, 0], [0, 1], [1, 0]], np.float32)),
    ],
)
def test_targets(y, task, expected):
    x = np.array(ROWS, np.float32)
    _, checked = check_arrays(x, y, task=task)
    assert checked.dtype == expected.dtype
    np.testing.assert_array_equal(checked, expected)


def test_amounts_follow_the_inputs():
    assert check_arrays(np.ones((1, 1)), np.array([0.1], np.float32), task="regression")[1].dtype == np.float64


def test_tensors():
    torch = pytest.importorskip("torch")
    checked, _ = check_arrays(torch.tensor(ROWS, dtype=torch.float64))
    assert (checked.tolist(), checked.dtype) == (ROWS, np.float64)
    with pytest.raises(DataError, match=r"x cannot be made an array of numbers: .*detach"):
        check_arrays(torch.ones(2, 2, requires_grad=True))


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([1.0, 2.0], None, r"x has shape \(2,\), .* x\[:, None\] .* x\[None, :\]"),
        (3.0, None, r"x has shape \(\)"),
        ([], None, r"x has shape \(0,\)"),
        (np.empty((0, 3)), None, r"x is empty: its shape is \(0, 3\)"),
        (np.empty((3, 0)), None, r"x is empty"),
        ([[1.0, 2.0], [3.0, np.nan]], None, r"x\[1, 1\] is nan \(1 such in 4\): remove or replace it"),
        ([[1.0, -np.inf], [np.nan, 0.0]], None, r"x\[0, 1\] is -inf \(2 such in 4\)"),
        (np.array([[1e300]], np.longdouble) ** 2, None, r"x\[0, 0\] is inf"),
        ([["a", "b"]], None, r"x\[0, 0\] is 'a', where a number is needed$"),
        ([["1", "2"]], None, r"x\[0, 0\] is '1', where a number is needed$"),
        ([[1, 10**400, 2]], None, r"x holds a whole number too large for a float"),
        (np.array([["1", 2]], object), None, r"x\[0, 0\] is '1', where a number is needed"),
        ([[1.0, None]], None, r"x\[0, 1\] is None, where a number is needed"),
        ([[Decimal(1)]], None, r"x\[0, 0\] is Decimal"),
        ([[1 + 2j]], None, r"x holds complex128, such as \(1\+2j\),"),
        (np.array([["2020-01-01"]], "M8[D]"), None, r"x holds datetime64\[D\]"),
        ([[1, 2], [3]], None, r"x cannot be made an array of numbers"),
        (scipy.sparse.csr_matrix([[1.0]]), None, r"x is a sparse matrix: x.toarray\(\)"),
        (scipy.sparse.coo_array([[1.0]]), None, r"x is a sparse matrix"),
        (np.ma.array([[1.0, 2.0]], mask=[[0, 1]]), None, r"x has masked values"),
        (pl.DataFrame({"a": [1.0, None]}), None, r"x\[1, 0\] is nan"),
        (pl.DataFrame({"a": ["x"]}), None, r"x\[0, 0\] is 'x', where a number is needed"),
        (ROWS, [0, 1], r"x has 3 examples, but y has 2"),
        (ROWS, 1, r"x has 3 examples, but y has no axis"),
        (ROWS, [0.5, np.nan, 1], r"y\[1\] is nan"),
        (ROWS, [[0.5], [1], [np.inf]], r"y\[2, 0\] is inf"),
        (ROWS, ["a", "b", "c"], r"y\[0\] is 'a', where .*; number the classes from 0: numpy.unique"),
        (ROWS, np.array([0, "b", "c"], object), r"y\[1\] is 'b', where .*; number the classes from 0"),
        (ROWS, [0, 1, 10**400], r"y holds a whole number too large for a float"),
        (ROWS, [0, -1, 2], r"y\[1\] is -1, but labels are whole numbers from 0"),
        (ROWS, [0, 2**31, 2], r"y\[1\] is 2147483648, but labels"),
    ],
)
def test_what_cannot_be(x, y, message):
    with pytest.raises(DataError, match=message) as caught:
        check_arrays(x, y)
    assert "\n" not in describe(caught.value)


def test_fractions_are_no_labels():
    with pytest.raises(DataError, match=r"y\[2\] is 0.5, but labels"):
        check_arrays(ROWS, [0, 1, 0.5], task="classification")
    with pytest.raises(DataError, match=r"y\[0\] is nan"):
        check_arrays(ROWS, [np.nan, 1, 0.5], task="classification")
