from __future__ import annotations

import numpy as np
import pytest
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import StandardScaler

from pellucid.data.preparation.scaling import Scaling
from pellucid.errors import DataError


def test_agrees_with_scikit_learn():
    rng = np.random.default_rng(0)
    train, test = rng.normal(3.0, [0.01, 1.0, 1e6], (50, 3)), rng.normal(3.0, 5.0, (20, 3))
    train[rng.random(train.shape) < 0.2] = np.nan
    test[0] = np.nan
    imputer = SimpleImputer(strategy="median").fit(train)
    scaler = StandardScaler().fit(imputer.transform(train))
    scaling = Scaling.fit("abc", train)
    for part in (train, test):
        expected = scaler.transform(imputer.transform(part))
        np.testing.assert_allclose(scaling.apply(part), expected, rtol=1e-6)


def test_by_hand():
    scaling = Scaling.fit(["a"], np.array([[1.0], [3.0], [np.nan], [np.nan]]))
    assert (scaling.fill, scaling.mean, scaling.scale) == ((2.0,), (2.0,), (np.sqrt(0.5),))
    z = scaling.apply(np.array([[2.0], [np.nan], [2.0 + np.sqrt(0.5)]]))
    assert z.dtype == np.float32
    assert z.tolist() == [[0.0], [0.0], [1.0]]


def test_one_scale_for_all_pixels():
    pixels = np.array([[0, 255], [51, 102]], np.uint8)
    assert Scaling.uniform("ab", 0.0, 255.0).apply(pixels).tolist() == np.float32([[0, 1], [0.2, 0.4]]).tolist()


def test_a_column_that_never_changes_becomes_zero():
    assert Scaling.fit(["a"], np.full((3, 1), 7.0)).apply(np.array([[7.0], [8.0]])).tolist() == [[0.0], [1.0]]


def test_nothing_overflows():
    scaling = Scaling.fit(["a"], np.array([[0.0], [1e-300]]))
    z = scaling.apply(np.array([[3e38], [-3e38], [0.0]]))
    assert np.isfinite(z).all()
    assert np.isfinite(Scaling.fit(["a"], np.array([[3e38], [-3e38]])).apply(np.array([[3e38]]))).all()


def test_no_columns():
    assert Scaling.fit([], np.empty((4, 0))).apply(np.empty((2, 0))).shape == (2, 0)


def test_what_cannot_be():
    with pytest.raises(DataError, match="one fill, mean and scale for each column"):
        Scaling(("a", "b"), (0.0,), (0.0,), (1.0,))
    with pytest.raises(DataError, match="scales above 0, not 0"):
        Scaling(("a",), (0.0,), (0.0,), (0.0,))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("scale", [1e-300, 1e-50, 1e-44, 1e-38, 1.0, 1e38, 1e50, 1e300])
@pytest.mark.parametrize("mean", [-1e300, -1e39, 0.0, 1e39, 1e300])
def test_scaled_numbers_are_finite_and_right_whatever_the_scale(dtype, scale, mean):
    x = np.array([[0.0], [1.0], [-1.0], [3e38], [np.nan]], dtype)
    z = Scaling(("a",), (0.5,), (mean,), (scale,)).apply(x)
    assert z.dtype == np.float32
    with np.errstate(over="ignore"):
        exact = (np.nan_to_num(x.astype(np.float64), nan=0.5) - mean) / scale
    largest = float(np.finfo(np.float32).max)
    np.testing.assert_allclose(z, np.clip(exact, -largest, largest), rtol=1e-6, atol=1e-37)


def test_columns_of_numbers_whose_squares_are_too_large_are_scaled():
    x = np.array([[1e300, 1.0], [-1e300, 3.0], [3e300, np.nan]])
    scaling = Scaling.fit(("a", "b"), x)
    assert scaling.mean == pytest.approx((1e300, 2.0))
    assert scaling.scale == pytest.approx((1e300 * (8 / 3) ** 0.5, (2 / 3) ** 0.5))
    assert scaling.apply(x)[:, 0] == pytest.approx([0.0, -(1.5**0.5), 1.5**0.5], abs=1e-6)
