from __future__ import annotations

import numpy as np
import pytest
from sklearn import datasets

from pellucid.data.catalog import scikit_learn, toys


@pytest.mark.parametrize("draw", [toys.moons, toys.circles, toys.spirals, toys.xor, toys.gauss])
def test_points_are_drawn_by_the_seed(draw):
    first, same, other = (draw(60, 0.1, seed) for seed in (3, 3, 4))
    assert first.x.shape == (60, 2)
    assert set(first.y.tolist()) == {0, 1}
    assert (first.features, first.classes) == (("x1", "x2"), ("0", "1"))
    np.testing.assert_array_equal(first.x, same.x)
    assert not np.array_equal(first.x, other.x)
    assert draw(60, 0.1, -1).x.shape == draw(60, 0.1, 2**70).x.shape == (60, 2)


def test_shapes_without_noise():
    circles = toys.circles(100, 0.0, 0)
    radius = np.linalg.norm(circles.x, axis=1)
    np.testing.assert_allclose(radius, np.where(circles.y == 1, 0.5, 1.0), rtol=1e-6)
    spirals = toys.spirals(100, 0.0, 0)
    radius = np.linalg.norm(spirals.x, axis=1)
    angle = 3 * np.pi * radius + np.pi * spirals.y
    np.testing.assert_allclose(spirals.x, radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]))
    xor = toys.xor(100, 0.0, 0)
    assert (xor.y == (np.prod(xor.x, axis=1) < 0)).all()
    assert np.abs(xor.x).max() <= 1
    gauss = toys.gauss(100, 0.0, 0)
    np.testing.assert_array_equal(gauss.x, np.where(gauss.y[:, None] == 1, 1.0, -1.0) * np.ones(2))


@pytest.mark.parametrize("load", [scikit_learn.iris, scikit_learn.wine, scikit_learn.breast_cancer])
def test_labels_are_numbers_of_classes(load):
    source = load()
    assert set(source.y.tolist()) == set(range(len(source.classes)))
    assert source.x.shape[1] == len(source.features)
    assert (source.pixels, source.parts) == (None, None)


def test_images_and_amounts():
    digits = scikit_learn.digits()
    assert (digits.image_shape, digits.pixels, digits.x.max()) == ((8, 8), 16.0, 16.0)
    diabetes = scikit_learn.diabetes()
    assert diabetes.classes is None
    assert diabetes.y.max() > 300  # in its own unit, not scaled


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer", "digits", "diabetes"])
def test_what_is_read_from_the_files_of_scikit_learn_is_what_it_gives(name):
    ours, theirs = getattr(scikit_learn, name)(), getattr(datasets, f"load_{name}")
    theirs = theirs(scaled=False) if name == "diabetes" else theirs()
    np.testing.assert_array_equal(ours.x, theirs.data)
    np.testing.assert_array_equal(ours.y, theirs.target)
    assert ours.features == tuple(map(str, theirs.feature_names))
    assert ours.classes is None or ours.classes == tuple(map(str, theirs.target_names))
