from __future__ import annotations

import numpy as np
import pytest

from pellucid.data import DATASETS, load_dataset
from pellucid.errors import ConfigError, DataError, UnknownNameError

EMBEDDED = {
    "digits": ("classification", 1797, 64, 10),
    "iris": ("classification", 150, 4, 3),
    "wine": ("classification", 178, 13, 3),
    "breast-cancer": ("classification", 569, 30, 2),
    "diabetes": ("regression", 442, 10, 1),
}
TOYS = ("moons", "circles", "spirals", "xor", "gauss")


def parts(data):
    return data.train, data.validation, data.test


@pytest.mark.parametrize("name", [*EMBEDDED, *TOYS])
def test_what_every_set_promises(name):
    task, rows, columns, outputs = EMBEDDED.get(name, ("classification", 1000, 2, 2))
    data = load_dataset(name)
    assert (data.name, data.task, data.outputs, len(data.features)) == (name, task, outputs, columns)
    assert sum(map(len, parts(data))) == rows
    for x, y in parts(data):
        assert (x.dtype, x.shape) == (np.float32, (len(y), columns))
        assert (y.dtype, y.shape) == ((np.int32, (len(x),)) if data.classes else (np.float32, (len(x), 1)))
    if data.classes:
        counts = np.array([np.bincount(y, minlength=outputs) for _, y in parts(data)])
        expected = counts.sum(axis=0) * counts.sum(axis=1, keepdims=True) / rows
        assert np.abs(counts - expected).max() < 2
        assert all(isinstance(name, str) for name in data.classes)
    assert all(type(feature) is str for feature in data.features)
    again = load_dataset(name)
    assert all(
        np.array_equal(a.x, b.x) and np.array_equal(a.y, b.y) for a, b in zip(parts(data), parts(again), strict=True)
    )
    assert not np.array_equal(load_dataset(name, seed=1).train.x, data.train.x)


@pytest.mark.parametrize("name", ["iris", "wine", "breast-cancer", "diabetes", *TOYS])
def test_columns_are_standardised_over_the_training_part(name):
    data = load_dataset(name)
    np.testing.assert_allclose(data.train.x.mean(axis=0), 0.0, atol=1e-5)
    np.testing.assert_allclose(data.train.x.std(axis=0), 1.0, rtol=1e-5)
    assert abs(data.test.x.mean()) > 1e-6


def test_the_raw_numbers_are_scikit_learns():
    from sklearn.datasets import load_diabetes, load_digits, load_iris

    for name, raw, unit in (("iris", load_iris(), 1), ("digits", load_digits(), 16)):
        data = load_dataset(name, standardise=False)
        x, y = (np.concatenate([part[i] for part in map(tuple, parts(data))]) for i in (0, 1))
        ours = sorted((label, *row) for row, label in zip((x * unit).tolist(), y.tolist(), strict=True))
        theirs = sorted((int(t), *np.float32(row).tolist()) for row, t in zip(raw.data, raw.target, strict=True))
        np.testing.assert_allclose(ours, theirs, rtol=1e-6)
    diabetes = load_dataset("diabetes")
    amounts = diabetes.preprocessing.target.decode(np.concatenate([part.y for part in parts(diabetes)]))
    np.testing.assert_allclose(np.sort(amounts), np.sort(load_diabetes().target), rtol=1e-5)


def test_pixels_are_scaled_together():
    digits = load_dataset("digits")
    assert digits.image_shape == (8, 8)
    assert abs(digits.train.x.mean()) < 1e-5
    assert abs(digits.train.x.std() - 1) < 1e-5
    assert np.unique(digits.train.x).size == 17  # the grey levels 0 to 16 stay apart, and alike in every pixel


def test_noise_and_number_of_toys():
    assert sum(map(len, parts(load_dataset("moons", n=50)))) == 50
    clean = load_dataset("circles", noise=0, standardise=False).train
    radius = np.hypot(*clean.x.T)
    np.testing.assert_allclose(radius, np.where(clean.y == 1, 0.5, 1.0), rtol=1e-5)
    x, y = load_dataset("xor", noise=0, standardise=False).train
    assert np.array_equal(x[:, 0] * x[:, 1] < 0, y == 1)
    x, y = load_dataset("gauss", n=4000, noise=0.5, standardise=False).train
    np.testing.assert_allclose(x[y == 1].mean(axis=0), 1.0, atol=0.05)
    np.testing.assert_allclose(x[y == 0].mean(axis=0), -1.0, atol=0.05)
    np.testing.assert_allclose(x[y == 0].std(axis=0), 0.5, atol=0.05)
    x, y = load_dataset("spirals", noise=0, standardise=False).train
    radius = np.hypot(*x.T)
    turned = 3 * np.pi * radius + np.pi * y
    np.testing.assert_allclose(x, radius[:, None] * np.stack([np.cos(turned), np.sin(turned)], 1), atol=1e-5)


@pytest.mark.parametrize("name", ["iris", "moons", "spirals"])
def test_any_whole_number_is_a_seed(name):
    for seed in (-1, 2**70):
        assert len(load_dataset(name, seed=seed).train) > 0


def test_names_that_are_not_there():
    with pytest.raises(UnknownNameError, match="unknown data set 'digit': did you mean digits"):
        load_dataset("digit")


def test_options_that_cannot_be():
    with pytest.raises(ConfigError, match="iris has fixed examples: leave n and noise out; they are for moons"):
        load_dataset("iris", n=10)
    with pytest.raises(ConfigError, match="moons: n must be a whole number of at least 1, not 0"):
        load_dataset("moons", n=0)
    with pytest.raises(ConfigError, match="moons: noise must be a number of at least 0, not -1"):
        load_dataset("moons", noise=-1)
    for seed in ("x", 1.5, True):
        for name in ("iris", "moons"):
            with pytest.raises(ConfigError, match="load_dataset: seed must be a whole number, not"):
                load_dataset(name, seed=seed)
    with pytest.raises(DataError, match="3 rows are too few"):
        load_dataset("xor", n=3)


def test_the_names():
    assert set(DATASETS) == {*EMBEDDED, *TOYS, "mnist", "fashion-mnist", "sms-spam", "spoken-digits"}
