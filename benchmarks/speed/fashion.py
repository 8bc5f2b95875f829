"""Fashion-MNIST as a workload: its files read by NumPy, for peers that have no reader of their own."""

from __future__ import annotations

import gzip
import os
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.speed.workloads import WORKLOADS, Array, Workload

VALIDATION = 5_000
"""How many of the 60,000 training images validate: the last ones, as in pellucid."""


class Fashion(Workload):
    """The mlp on the images in the folder ``$PELLUCID_DATA/fashion-mnist``. Batches of 125 leave none of them over."""

    def data(self) -> tuple[Array, Array]:
        x, y = read()
        return x[:-VALIDATION], y[:-VALIDATION]

    def validation(self) -> tuple[Array, Array]:
        """The images and labels to validate on."""
        x, y = read()
        return x[-VALIDATION:], y[-VALIDATION:]


@cache
def read() -> tuple[Array, Array]:
    """All training images as rows of numbers from 0 to 1, and their labels."""
    folder = Path(os.environ.get("PELLUCID_DATA", ".")) / "fashion-mnist"
    pixels, labels = (
        np.frombuffer(gzip.decompress((folder / f"train-{file}-ubyte.gz").read_bytes()), np.uint8, offset=offset)
        for file, offset in (("images-idx3", 16), ("labels-idx1", 8))
    )
    return pixels.reshape(-1, 784).astype(np.float32) / np.float32(255), labels.astype(np.int32)


FASHION = Fashion("fashion-mnist", "dense", WORKLOADS["mlp"].widths, batch=125, examples=55_000, epochs=1)
