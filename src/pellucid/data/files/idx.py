"""The idx format, in which MNIST and Fashion-MNIST come."""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from pathlib import Path

import numpy as np

from pellucid.errors import DataError

UNSIGNED_BYTES = 0x08
"""The third byte of the file: the type of the numbers. Only this one is in use."""


def read_idx(path: Path) -> np.ndarray:
    """The array in an idx file, packed with gzip or not: uint8, of the shape that the file states.

    The file: two bytes 0, a byte for the type, a byte for the number of axes, for each axis its length as a
    big-endian 32-bit number, then the numbers. Raises DataError for a file that is cut off, corrupt or another.
    Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
    """
    data = _unpack(path)
    if len(data) < 4 or data[:3] != bytes([0, 0, UNSIGNED_BYTES]):
        raise DataError(f"{path} is not an idx file of bytes: it begins with {data[:4].hex(' ') or 'nothing'}")
    start = 4 + 4 * data[3]
    if len(data) < start:
        raise DataError(f"{path} is cut off: {len(data)} bytes are too few for its header")
    shape = struct.unpack(f">{data[3]}I", data[4:start])
    if len(data) - start != math.prod(shape):
        raise DataError(f"{path} states the shape {shape}, but holds {len(data) - start} numbers: get it again")
    return np.frombuffer(data, np.uint8, offset=start).reshape(shape)


def _unpack(path: Path) -> bytes:
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(f"{path} is cut off or corrupt ({error}): get it again") from error
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error}") from error
