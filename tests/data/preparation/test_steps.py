"""Centre, normalise, decorrelate, whiten: against scikit-learn, by hand, and by what defines them."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

from pellucid import Centre, ConfigError, DataError, Decorrelate, Normalise, Whiten
from pellucid.errors import describe


@pytest.fixture
def x():
    """200 rows of 5 columns that go together, off the origin."""
    rng = np.random.default_rng(0)
    return rng.normal(size=(200, 5)) @ rng.normal(size=(5, 5)) + rng.normal(size=5) * 10


def covariance(z):
    return np.cov(z.reshape(len(z), -1), rowvar=False, bias=True)


def test_centre_and_normalise_agree_with_scikit_learn(x):
    np.testing.assert_allclose(Centre.fit(x).apply(x), StandardScaler(with_std=False).fit_transform(x), atol=1e-12)
    np.testing.assert_allclose(Normalise.fit(x).apply(x), StandardScaler().fit_transform(x), atol=1e-12)


@pytest.mark.parametrize("components", [None, 2, 0.9])
def test_decorrelate_agrees_with_pca(x, components):
    train, later = x[:150], x[150:]
    pca = PCA(components, svd_solver="full").fit(train)
    ours = Decorrelate.fit(train, components)
    theirs = pca.transform(later)
    z = ours.apply(later)
    assert z.shape == theirs.shape
    np.testing.assert_allclose(z, theirs * np.sign((z * theirs).sum(axis=0)), atol=1e-9)
    np.testing.assert_allclose(ours.variances, pca.explained_variance_ * 149 / 150, rtol=1e-10)
    np.testing.assert_allclose(ours.invert(z), pca.inverse_transform(theirs), atol=1e-9)


def test_directions_point_where_their_largest_entry_is_above_0(x):
    basis = Decorrelate.fit(x).basis
    assert (basis[np.abs(basis).argmax(axis=0), range(5)] > 0).all()


@pytest.mark.parametrize("zca", [False, True])
def test_whitened_training_rows_have_the_identity_as_covariance(x, zca):
    z = Whiten.fit(x, epsilon=1e-12, zca=zca).apply(x)
    np.testing.assert_allclose(covariance(z), np.eye(5), atol=1e-6)
    np.testing.assert_allclose(z.mean(axis=0), 0, atol=1e-10)


def test_epsilon_is_added_to_the_variances(x):
    step = Whiten.fit(x, epsilon=0.5)
    np.testing.assert_allclose(covariance(step.apply(x)).diagonal(), step.variances / (step.variances + 0.5))


def test_zca_changes_the_data_least_of_all_whitenings(x):
    """Every other whitening is a rotation of this one: Kessy, Lewin and Strimmer 2018, eq. 4."""
    centred = x - x.mean(axis=0)
    zca = Whiten.fit(x, epsilon=1e-12, zca=True).apply(x)
    least = ((zca - centred) ** 2).sum()
    assert ((Whiten.fit(x, epsilon=1e-12).apply(x) - centred) ** 2).sum() > least
    rng = np.random.default_rng(1)
    for size in (1e-3, 0.1, 10):
        turn, _ = np.linalg.qr(np.eye(5) + size * rng.normal(size=(5, 5)))
        other = zca @ turn
        np.testing.assert_allclose(covariance(other), np.eye(5), atol=1e-6)
        assert ((other - centred) ** 2).sum() > least


def test_zca_is_the_inverse_square_root_of_the_covariance(x):
    values, vectors = np.linalg.eigh(covariance(x) + 1e-3 * np.eye(5))
    root = vectors @ np.diag(values**-0.5) @ vectors.T
    np.testing.assert_allclose(Whiten.fit(x, epsilon=1e-3, zca=True).apply(x), (x - x.mean(axis=0)) @ root, atol=1e-9)


def each_step(x):
    return [Centre.fit(x), Normalise.fit(x), Decorrelate.fit(x), Whiten.fit(x), Whiten.fit(x, zca=True)]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_inverted_what_was_applied_and_the_dtype_kept(x, dtype):
    x = x.astype(dtype)
    for step in each_step(x[:150]):
        z = step.apply(x)
        assert z.dtype == dtype
        np.testing.assert_allclose(step.invert(z), x, rtol=1e-9 if dtype is np.float64 else 1e-3)


def test_examples_of_any_shape_are_flattened_inside():
    images = np.random.default_rng(0).normal(size=(60, 3, 4, 2)).astype(np.float32)
    for step in each_step(images):
        flat = type(step).fit(images.reshape(60, 24), **({"zca": step.zca} if isinstance(step, Whiten) else {}))
        z = step.apply(images)
        assert z.shape == ((60, 3, 4, 2) if step.keeps_columns else (60, 24))
        np.testing.assert_array_equal(z.reshape(60, -1), flat.apply(images.reshape(60, 24)))
        np.testing.assert_allclose(step.invert(z), images, atol=1e-5)


def test_more_rows_than_are_taken_at_a_time():
    x = np.random.default_rng(0).normal(size=(9000, 3))
    np.testing.assert_allclose(Centre.fit(x).apply(x), x - x.mean(axis=0), atol=1e-12)


def test_constant_columns_become_0_and_are_named():
    x = np.array([[1.0, 7.1, 2.0], [2.0, 7.1, 1.0], [3.0, 7.1, 5.0]])
    step = Normalise.fit(x)
    assert step.apply(x)[:, 1].tolist() == [0, 0, 0]
    assert step.notes == ("never change in 3 rows, and become 0: columns 1",)
    white = Whiten.fit(x)
    assert white.apply(x).shape == (3, 2)
    assert white.notes == ("whiten: the 3 rows vary in 2 directions of 3: there are too few",)
    assert np.isfinite(white.apply(np.full((1, 3), 1e3))).all()


def test_columns_that_repeat_others_are_no_directions(x):
    for dtype in (np.float32, np.float64):
        repeated = np.concatenate([x, x[:, :2] * 3], axis=1).astype(dtype)
        step = Whiten.fit(repeated)
        assert step.outputs == (5,)
        assert step.notes == (
            "whiten: the 200 rows vary in 5 directions of 7: the rest are constant, or sums of others",
        )


def test_components_left_out_are_told():
    x = np.random.default_rng(0).normal(size=(100, 3)) * [3, 1, 1e-3]
    (note,) = Decorrelate.fit(x, 1).notes
    assert note.startswith("decorrelate: 1 of 3 components kept, with 9")


def test_equal_when_fitted_alike(x):
    for one, other in zip(each_step(x), each_step(x.copy()), strict=True):
        assert one == other
        assert hash(one) == hash(other)
    assert len(set(each_step(x))) == 5
    assert Centre.fit(x) != Centre.fit(x + 1)


BAD = {
    "more than columns": (lambda x: Whiten.fit(x, 6), "components is 6, but 200 rows of 5 columns vary in 5"),
    "more than rows": (lambda x: Decorrelate.fit(x[:4], 4), "components is 4, but 4 rows of 5 columns vary in 3"),
    "none": (lambda x: Decorrelate.fit(x, 0), "components must be how many to keep, from 1, or a share"),
    "all": (lambda x: Decorrelate.fit(x, 1.0), "not 1.0"),
    "epsilon": (lambda x: Whiten.fit(x, epsilon=0), "Whiten: epsilon must be a number above 0, not 0"),
    "all alike": (lambda x: Whiten.fit(np.ones((4, 3))), "the 4 rows are all alike"),
    "NaN": (lambda x: Centre.fit(np.where(x == x[3, 2], np.nan, x)), r"x\[3, 2\] is nan"),
    "NaN later": (lambda x: Normalise.fit(x).apply(np.full((1, 5), np.nan)), r"x\[0, 0\] is nan"),
    "other columns": (lambda x: Whiten.fit(x).apply(x[:, :4]), r"takes examples of shape \(5,\), as it was fitted"),
    "not its components": (lambda x: Whiten.fit(x, 2).invert(x), r"shape \(2,\), as it was fitted, and got \(5,\)"),
    "no rows": (lambda x: Normalise.fit(x[:0]), "empty"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_in_one_line(x, name):
    make, message = BAD[name]
    with pytest.raises((ConfigError, DataError), match=message) as caught:
        make(x)
    assert "\n" not in describe(caught.value)
