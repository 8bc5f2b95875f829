"""A checksum of the training data, by which a run knows the data it began with."""

from __future__ import annotations

import zlib

import numpy as np

from pellucid.data import Dataset, Preprocessing
from pellucid.trees import leaves


def fingerprint(dataset: Dataset) -> str:
    """CRC-32 of the arrays of the training part, as 8 hexadecimal digits.

    The last bits of principal components depend on how many threads found them: the scaling they began with stands in.
    """
    preparation, x, y = dataset.preprocessing, dataset.train.x, dataset.train.y
    checksum, arrays = 0, [*leaves(x), *leaves(y)]
    if isinstance(preparation, Preprocessing) and preparation.rotation is not None:
        checksum = zlib.crc32(repr(preparation.numbers).encode())
        arrays = [] if dataset.task == "reconstruction" else arrays[1:]
    for array in arrays:
        checksum = zlib.crc32(np.ascontiguousarray(array).data, checksum)
    return f"{checksum:08x}"
