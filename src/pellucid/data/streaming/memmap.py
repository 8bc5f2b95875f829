"""NumPy files, read through a memory map."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.data.streaming.base import OnDisk
from pellucid.errors import DataError
from pellucid.trees import items, leaves, tree_map


class MappedArrays(OnDisk):
    """x and y in a ``.npy`` file each (``numpy.save``); for several inputs or outputs a dict of files by name.

    Raises DataError for what is no such file, one cut off, one of Python objects (reading it would run code), and for
    files of different lengths.
    """

    def __init__(self, x: Any, y: Any) -> None:
        self.paths = tree_map(_path, (x, y))
        self.name = next(leaves(self.paths)).name
        lengths = {path: _length(path) for _, path in items(self.paths)}
        self._examples = lengths[next(leaves(self.paths))]
        for path, length in lengths.items():
            if length != self._examples:
                raise DataError(f"{self.name} has {self._examples} examples, but {path.name} has {length}")

    @property
    def examples(self) -> int:
        return self._examples

    def read(self, start: int, stop: int) -> tuple[Any, Any]:
        # A new map each time, closed with the stretch: pages once read would otherwise stay in memory to the end.
        x, y = tree_map(lambda path: np.asarray(_open_map(path)[start:stop]), self.paths)
        return x, y


def _path(given: str | os.PathLike[str]) -> Path:
    try:
        return Path(given)
    except TypeError:
        raise DataError(f"MappedArrays takes the paths of .npy files, not {type(given).__name__}") from None


def _length(path: Path) -> int:
    array = _open_map(path)
    if array.ndim == 0 or not len(array):
        raise DataError(f"{path} holds an array of shape {array.shape}: there are no examples in it")
    return len(array)


def _open_map(path: Path) -> np.memmap[Any, Any]:
    try:
        return np.lib.format.open_memmap(path, mode="r")
    except FileNotFoundError:
        raise DataError(f"no such file: {path}") from None
    except (OSError, ValueError) as error:
        if "mmap length is greater than file size" in str(error):
            raise DataError(f"{path} is cut off: write or copy it again") from None
        cure = "save the array by numpy.save, as numbers"
        raise DataError(f"{path} cannot be used as a .npy file: {error}; {cure}") from None
