from __future__ import annotations

import numpy as np
import pytest

from pellucid import (
    DataError,
    ListedFiles,
)


def test_listed_files_are_read_one_by_one(tmp_path):
    files = [tmp_path / f"{i}.npy" for i in range(4)]
    for i, file in enumerate(files):
        np.save(file, np.full((2, 2), i, np.uint8))
    data = ListedFiles(files, [0, 1, 0, 1], np.load).transform_inputs(lambda x: x / np.float32(255))
    x, y = data.read_checked(1, 3)
    assert x.shape == (2, 2, 2)
    assert x.dtype == np.float32
    assert y.tolist() == [1, 0]
    assert x[1, 0, 0] == np.float32(2) / np.float32(255)
    np.save(files[2], np.zeros((3, 2)))
    with pytest.raises(DataError, match=r"2.npy has shape \(3, 2\), but .*0.npy has \(2, 2\)"):
        data.read(0, 4)
    files[3].write_bytes(b"no image")
    with pytest.raises(DataError, match=r"3.npy cannot be read"):
        data.read(3, 4)
    with pytest.raises(DataError, match=r"4 files, but 3 targets"):
        ListedFiles(files, [0, 1, 0], np.load)


def test_no_files():
    with pytest.raises(DataError, match="ListedFiles: there is no file in the list"):
        ListedFiles([], [], np.load)


def test_only_the_files_of_a_stretch_are_read(tmp_path):
    files = [tmp_path / f"{i}.npy" for i in range(5)]
    for i, file in enumerate(files):
        np.save(file, np.full(2, float(i)))
    read = []

    def load(path):
        read.append(path.name)
        return np.load(path)

    data = ListedFiles(files, np.arange(5), load)
    assert (data.examples, data.name, read) == (5, "the list of 5 files", ["0.npy"])
    x, y = data.read(2, 4)
    assert (x[:, 0].tolist(), y.tolist(), read[1:]) == ([2.0, 3.0], [2, 3], ["2.npy", "3.npy"])
