"""Data larger than memory: examples that are read a stretch at a time, never all at once."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pellucid.data.arrays import check_arrays
from pellucid.errors import DataError, ShapeError
from pellucid.trees import tree_map


class OnDisk(ABC):
    """Examples in numbered rows, of which any stretch can be read. A kind of your own has ``examples`` and ``read``.

    ``name`` says in errors where a row is from. ``block_bytes`` is how much is best read in one go, ``columns``
    the names of the columns of x, where they have names.
    """

    name: str = "the data"
    columns: tuple[str, ...] = ()
    block_bytes: int = 2**20

    @property
    @abstractmethod
    def examples(self) -> int:
        """How many there are."""

    @abstractmethod
    def read(self, start: int, stop: int) -> tuple[Any, Any]:
        """(x, y) of rows ``start`` to ``stop - 1``: arrays, or dicts of them. May be called from another thread."""

    def read_checked(self, start: int, stop: int, check: Callable[[Any, Any], None] | None = None) -> tuple[Any, Any]:
        """The same as arrays to train on: see ``check_arrays``; ``check(x, y)`` may refuse more.

        Raises DataError or ShapeError that names the first row that cannot be used, counted from 0.
        """
        x, y = self.read(start, stop)

        def arrays(first: int, end: int) -> tuple[Any, Any]:
            part = check_arrays(*tree_map(lambda leaf: leaf[first:end], (x, y)))
            if check is not None:
                check(*part)
            return part

        try:
            return arrays(0, stop - start)
        except (DataError, ShapeError):
            row = _first_refused(arrays, stop - start)
            try:
                arrays(row, row + 1)
            except (DataError, ShapeError) as error:
                raise type(error)(f"{self.name}, row {start + row}: {_within_row(str(error))}") from None
            raise  # refused together, though each row alone is taken

    def transform_inputs(self, function: Callable[[Any], Any]) -> OnDisk:
        """The same data with ``function(x)`` for every x that is read: ``scaling.apply``, pixels divided by 255."""
        return TransformedInputs(self, function)


@dataclass(eq=False)
class TransformedInputs(OnDisk):
    """``data`` with its x taken through ``function``."""

    data: OnDisk
    function: Callable[[Any], Any]

    def __post_init__(self) -> None:
        self.name, self.columns, self.block_bytes = self.data.name, self.data.columns, self.data.block_bytes

    @property
    def examples(self) -> int:
        return self.data.examples

    def read(self, start: int, stop: int) -> tuple[Any, Any]:
        x, y = self.data.read(start, stop)
        return self.function(x), y


def _within_row(said: str) -> str:
    """What was said of an array of this row alone, without its number there: y for y[0], x[3] for x[0, 3]."""
    return re.sub(r"^([xy]\S*?)(?:\[0\]|\[0, )", lambda at: at[1] + ("" if at[0].endswith("]") else "["), said)


def _first_refused(arrays: Callable[[int, int], Any], rows: int) -> int:
    """The first of the rows for which ``arrays`` raises, found by halving."""
    first, end = 0, rows
    while end - first > 1:
        middle = (first + end) // 2
        try:
            arrays(first, middle)
            first = middle
        except (DataError, ShapeError):
            end = middle
    return first
