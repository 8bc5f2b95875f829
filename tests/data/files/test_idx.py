from __future__ import annotations

import gzip
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid.data.files.idx import read_idx
from pellucid.errors import DataError, describe

HEADER = bytes([0, 0, 8, 2]) + struct.pack(">II", 2, 3)
NUMBERS = bytes([1, 2, 3, 253, 254, 255])


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_by_hand(tmp_path, pack):
    path = tmp_path / "f"
    path.write_bytes(pack(HEADER + NUMBERS))
    array = read_idx(path)
    assert array.dtype == np.uint8
    assert array.tolist() == [[1, 2, 3], [253, 254, 255]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not an idx file of bytes: it begins with nothing"),
        (b"PK\x03\x04....", "is not an idx file of bytes: it begins with 50 4b 03 04"),
        (bytes([0, 0, 0x0D, 1]) + struct.pack(">If", 1, 0.5), "is not an idx file of bytes"),
        (HEADER[:9], "is cut off: 9 bytes are too few for its header"),
        (HEADER + NUMBERS[:5], r"states the shape \(2, 3\), but holds 5 numbers"),
        (HEADER + NUMBERS + b"x", r"states the shape \(2, 3\), but holds 7 numbers"),
        (bytes([0, 0, 8, 3]) + b"\xff" * 12, "but holds 0 numbers"),
        (gzip.compress(HEADER + NUMBERS, mtime=0)[:-9], "is cut off or corrupt"),
        (gzip.compress(HEADER + NUMBERS, mtime=0)[:-4] + b"abcd", "is cut off or corrupt"),
        (b"\x1f\x8b\x08", "is cut off or corrupt"),
    ],
)
def test_what_is_not_sound(tmp_path, content, message):
    path = tmp_path / "f"
    path.write_bytes(content)
    with pytest.raises(DataError, match=message) as caught:
        read_idx(path)
    assert "\n" not in describe(caught.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        read_idx(tmp_path / "none")


@given(st.binary(max_size=60), st.booleans())
def test_any_bytes(tmp_path_factory, data, packed):
    path = tmp_path_factory.getbasetemp() / "any.idx"
    path.write_bytes(gzip.compress(data, mtime=0)[: len(data) + 15] if packed else data)
    try:
        said = str(read_idx(path).dtype)
    except DataError as error:
        said = describe(error)
    assert said == "uint8" or said.startswith(str(path))
