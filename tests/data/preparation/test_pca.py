from __future__ import annotations

import numpy as np
import pytest

from pellucid.data.preparation.pca import check_components, principal_directions
from pellucid.errors import ConfigError, DataError


@pytest.fixture
def centred():
    x = np.random.default_rng(0).normal(size=(60, 4)) * [5.0, 2.0, 1.0, 0.1]
    return x - x.mean(axis=0)


def test_eigenvectors_of_the_covariance(centred):
    basis, variances, notes = principal_directions(centred, None, "PCA")
    covariance = centred.T @ centred / len(centred)
    np.testing.assert_allclose(covariance @ basis, basis * variances, atol=1e-12)
    np.testing.assert_allclose(basis.T @ basis, np.eye(4), atol=1e-12)
    assert (np.diff(variances) < 0).all()
    assert notes == ()


@pytest.mark.parametrize(("components", "kept"), [(1, 1), (3, 3), (0.5, 1), (0.99, 3), (None, 4)])
def test_how_many_are_kept(centred, components, kept):
    basis, variances, notes = principal_directions(centred, components, "PCA")
    assert basis.shape == (4, kept)
    assert len(variances) == kept
    assert len(notes) == (kept < 4)
    if kept < 4:
        assert notes[0].startswith(f"pca: {kept} of 4 components kept, with ")


def test_directions_without_variance_are_none(centred):
    repeated = np.column_stack([centred, centred[:, 0] + centred[:, 1], np.zeros(60)])
    basis, _, notes = principal_directions(repeated, None, "PCA")
    assert basis.shape == (6, 4)
    assert notes == ("pca: the 60 rows vary in 4 directions of 6: the rest are constant, or sums of others",)
    _, _, notes = principal_directions(centred[:3] - centred[:3].mean(axis=0), None, "PCA")
    assert notes == ("pca: the 3 rows vary in 2 directions of 4: there are too few",)
    with pytest.raises(DataError, match="PCA: the 5 rows are all alike"):
        principal_directions(np.zeros((5, 2)), None, "PCA")


def test_noise_of_the_numbers_is_no_direction(centred):
    noisy = np.column_stack([centred, 1e-9 * np.random.default_rng(1).normal(size=60)])
    assert principal_directions(noisy, None, "PCA")[0].shape == (5, 5)
    assert principal_directions(noisy, None, "PCA", noise=1e-8)[0].shape == (5, 4)


def test_more_than_there_are(centred):
    with pytest.raises(DataError, match="components is 5, but 60 rows of 4 columns vary in 4 directions: take at most"):
        principal_directions(centred, 5, "PCA")


@pytest.mark.parametrize("components", [0, -1, 1.0, 1.5, 0.0, True, "2", float("nan")])
def test_components_that_cannot_be(components):
    with pytest.raises(ConfigError, match="PCA: components must be how many to keep"):
        check_components("PCA", components)
