from __future__ import annotations

import numpy as np
import pytest

from pellucid import (
    DataError,
    MappedArrays,
)

RNG = np.random.default_rng(0)
X = RNG.normal(size=(100, 3)).astype(np.float32)
Y = RNG.integers(0, 2, 100)


def test_several_inputs_are_a_dict_of_files(arrays):
    x, y = arrays()
    parts, _ = MappedArrays({"left": x, "right": x}, y).read_checked(3, 5)
    assert (parts["left"] == X[3:5]).all()
    assert (parts["right"] == X[3:5]).all()


def test_npy_files_that_cannot_be_used(arrays, tmp_path):
    x, y = arrays()
    whole = x.read_bytes()
    bad = tmp_path / "bad.npy"
    for content in (whole[:-4], whole[:20], b"", b"PK\x03\x04 an archive"):
        bad.write_bytes(content)
        with pytest.raises(DataError, match=r"bad.npy (cannot be used as a .npy file|is cut off)"):
            MappedArrays(bad, y)
    bad.write_bytes(whole[:-4])
    with pytest.raises(DataError, match=r"bad.npy is cut off: write or copy it again"):
        MappedArrays(bad, y)
    np.save(bad, np.array([object()] * 3), allow_pickle=True)
    with pytest.raises(DataError, match=r"bad.npy cannot be used.*[Pp]ython objects.*as numbers"):
        MappedArrays(bad, y)
    np.save(bad, np.zeros((0, 3)))
    with pytest.raises(DataError, match=r"no examples"):
        MappedArrays(bad, y)
    np.save(bad, Y[:99])
    with pytest.raises(DataError, match=r"x.npy has 100 examples, but bad.npy has 99"):
        MappedArrays(x, bad)
    np.save(bad, np.array(["a", "b"] * 50))
    with pytest.raises(DataError, match=r"bad.npy, row 0: x.* is 'a', where a number is needed"):
        MappedArrays(bad, y).read_checked(0, 100)
    with pytest.raises(DataError, match=r"no such file"):
        MappedArrays(tmp_path / "none.npy", y)
    with pytest.raises(DataError, match=r"paths of .npy files, not ndarray"):
        MappedArrays(X, Y)
