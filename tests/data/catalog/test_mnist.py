from __future__ import annotations

import gzip
import hashlib
import struct

import numpy as np
import pytest

from pellucid.data import load_dataset
from pellucid.data.catalog import mnist
from pellucid.errors import DataError

SIZES = {"mnist": (50_000, 10_000, 10_000), "fashion-mnist": (55_000, 5_000, 10_000)}
FIRST = {  # the first labels of each file, as the sets' home pages and tutorials show them
    "mnist": ([5, 0, 4, 1, 9], [7, 2, 1, 0, 4]),
    "fashion-mnist": ([9, 0, 0, 3, 0], [9, 2, 1, 1, 6]),
}
PIXELS = {"mnist": (0.1307, 0.3081), "fashion-mnist": (0.2860, 0.3530)}  # mean and deviation over 60,000, as published


@pytest.mark.parametrize("name", ["mnist", "fashion-mnist"])
def test_the_official_parts(real, name):
    real(name, "train-images-idx3-ubyte.gz")
    data = load_dataset(name)
    train, validation, test = data.train, data.validation, data.test
    assert (len(train), len(validation), len(test)) == SIZES[name]
    assert train.y[:5].tolist() == FIRST[name][0]
    assert test.y[:5].tolist() == FIRST[name][1]
    assert np.bincount(np.concatenate([train.y, validation.y])).sum() == 60_000
    assert np.bincount(test.y).min() > 800
    assert train.x.dtype == np.float32
    assert (train.x.min(), train.x.max()) == (0.0, 1.0)
    assert data.image_shape == (28, 28)
    rows = np.concatenate([train.x, validation.x])
    mean = rows.mean(dtype=np.float64)
    deviation = np.sqrt(np.mean(rows * rows, dtype=np.float64) - mean**2)
    np.testing.assert_allclose((mean, deviation), PIXELS[name], atol=5e-5)


@pytest.mark.parametrize("name", ["mnist", "fashion-mnist"])
def test_the_checksums(real, name):
    files = mnist.MNIST_FILES if name == "mnist" else mnist.FASHION_FILES
    for file, sha256 in files.items():
        assert hashlib.sha256(real(name, file).read_bytes()).hexdigest() == sha256


def idx(array):
    array = np.asarray(array, np.uint8)
    return bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Write four files in place of MNIST's."""
    monkeypatch.setenv("PELLUCID_DATA", str(tmp_path))
    (tmp_path / "mnist").mkdir()

    def write(*arrays):
        for file, array in zip(mnist.MNIST_FILES, arrays, strict=True):
            (tmp_path / "mnist" / file).write_bytes(gzip.compress(idx(array), 1))

    return write


def test_files_that_do_not_belong_together(files):
    grey, labels = np.zeros((20, 28, 28)), np.zeros(20)
    files(grey, labels[:19], grey, labels)
    with pytest.raises(DataError, match=r"do not belong together: .*\(20, 28, 28\), \(19,\)"):
        load_dataset("mnist")
    files(grey[:, 1:], labels, grey, labels)
    with pytest.raises(DataError, match="do not belong together"):
        load_dataset("mnist")
    files(grey, labels, grey, labels + 10)
    with pytest.raises(DataError, match="labels of mnist are not those of 10 classes"):
        load_dataset("mnist")
    files(grey, labels, grey, labels)
    with pytest.raises(DataError, match="40 images"):
        load_dataset("mnist")
