"""A file an example: images and the like in folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from pellucid.data.streaming.base import OnDisk
from pellucid.errors import DataError


class ListedFiles(OnDisk):
    """``read_file(path)`` of each of the ``files`` makes its x, ``targets`` (N, ...) are their y.

    Raises DataError for lists of different lengths, a file that cannot be read, and one unlike the first in shape.
    """

    block_bytes = 2**16  # files are no quicker read in a row than one by one

    def __init__(
        self, files: Sequence[str | os.PathLike[str]], targets: Any, read_file: Callable[[Any], np.ndarray]
    ) -> None:
        self.files, self.targets, self.read_file = list(files), np.asarray(targets), read_file
        if not self.files:
            raise DataError("ListedFiles: there is no file in the list")
        if len(self.files) != len(self.targets):
            raise DataError(f"there are {len(self.files)} files, but {len(self.targets)} targets")
        self.name = f"the list of {len(self.files)} files"
        self._shape = self._array(self.files[0]).shape

    @property
    def examples(self) -> int:
        return len(self.files)

    def read(self, start: int, stop: int) -> tuple[np.ndarray, np.ndarray]:
        return np.stack([self._read(path) for path in self.files[start:stop]]), self.targets[start:stop]

    def _read(self, path: Any) -> np.ndarray:
        array = self._array(path)
        if array.shape != self._shape:
            raise DataError(f"{path} has shape {array.shape}, but {self.files[0]} has {self._shape}")
        return array

    def _array(self, path: Any) -> np.ndarray:
        try:
            return np.asarray(self.read_file(path))
        except (OSError, ValueError) as error:
            raise DataError(f"{path} cannot be read: {error}") from error
