"""The tables of a run as columns of numbers that grow: ``metrics.jsonl``, ``steps.csv`` and ``layers.csv``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.runs.follow import LineReader
from pellucid.runs.json_object import as_object

MOST_COLUMNS = 2_000
"""A table has at most so many columns; those beyond are left out."""

MOST_CELLS = 1 << 26
"""A table has at most so many numbers: of one with more rows the last columns are forgotten."""


BATCH = 2_000
"""So many lines of JSON are parsed at once: in between others have their turn."""


class Columns:
    """Columns of float64, of one length, to which rows are added; a column that comes later is NaN before."""

    def __init__(self) -> None:
        self.rows = 0
        self._arrays: dict[str, np.ndarray] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in the order in which they came."""
        return tuple(self._arrays)

    def __getitem__(self, name: str) -> np.ndarray:
        """A column, (rows,): a view, valid until rows are added."""
        return self._arrays[name][: self.rows]

    def add(self, new: Mapping[str, np.ndarray], count: int) -> None:
        """Add so many rows; a column without new numbers gets NaN."""
        rows = self.rows + count
        most = min(MOST_COLUMNS, max(2, MOST_CELLS // max(rows, 1)))
        for name in new:
            if name not in self._arrays and len(self._arrays) < most:
                self._arrays[name] = np.full(rows, np.nan)
        for name in [*self._arrays][most:]:
            del self._arrays[name]
        for name, array in self._arrays.items():
            if len(array) < rows:
                longer = np.empty(max(2 * len(array), rows))
                longer[: self.rows] = array[: self.rows]
                self._arrays[name] = array = longer
            array[self.rows : rows] = new.get(name, np.nan)
        self.rows = rows

    def clear(self) -> None:
        """Forget all rows and columns."""
        self.rows, self._arrays = 0, {}


class Table(LineReader):
    """One table of a run, with the column that counts its rows: ``axis``, "step" or "epoch"."""

    def __init__(self, path: Path, axis: str) -> None:
        super().__init__(path)
        self.axis = axis
        self.columns = Columns()

    def _clear(self) -> None:
        self.columns.clear()

    def _add(self, new: Mapping[str, np.ndarray]) -> None:
        """Add rows, but for those that do not say which they are."""
        axis = new.get(self.axis)
        if axis is None:
            return
        good = np.isfinite(axis)
        self.bad_lines += int(len(good) - good.sum())
        self.columns.add({name: column[good] for name, column in new.items()}, int(good.sum()))


class CsvTable(Table):
    """A table whose first line names its columns."""

    def __init__(self, path: Path, axis: str) -> None:
        super().__init__(path, axis)
        self._header: tuple[str, ...] = ()

    def _take(self, lines: bytes) -> None:
        if not self.columns.rows and not self.columns.names:
            first, _, lines = lines.partition(b"\n")
            self._header = tuple(first.decode("utf-8", "replace").strip().split(",", MOST_COLUMNS)[:MOST_COLUMNS])
            ordered = sorted(self._header, key=lambda name: name != self.axis)  # which is never forgotten
            self.columns.add({name: np.empty(0) for name in ordered}, 0)
        if lines:
            self._add(parse_numbers(lines, self._header))


class EpochTable(Table):
    """The table of epochs, of a JSON object a line: ``{"train": {"loss": 1}}`` is the column ``train/loss``.

    Where the file does not say at which ``step`` an epoch ended, and epochs have so many steps, that is a column too.
    """

    def __init__(self, path: Path, axis: str, steps_an_epoch: int | None = None) -> None:
        super().__init__(path, axis)
        self.steps_an_epoch = steps_an_epoch

    def _take(self, lines: bytes) -> None:
        every = [line for line in lines.split(b"\n") if line]
        for start in range(0, len(every), BATCH):
            self._take_records(every[start : start + BATCH])

    def _take_records(self, lines: list[bytes]) -> None:
        records = []
        for parsed in _parse_lines(lines):
            try:
                records.append(dict(flatten_numbers(self._numbers(parsed))))
            except (ValueError, TypeError, LookupError, RecursionError):
                self.bad_lines += 1
        if names := self._names(records):
            new = dict(zip(names, np.full((len(names), len(records)), np.nan), strict=True))
            for row, record in enumerate(records):
                for name in record.keys() & names.keys():
                    new[name][row] = record[name]
            if self.steps_an_epoch and self.axis in new:
                new.setdefault("step", new[self.axis] * self.steps_an_epoch)
            self._add(new)
        self.bad_lines += 0 if names else len(records)

    def _names(self, records: list[dict[str, float]]) -> dict[str, None]:
        """The names in new records, in the order in which they came, no more than fit; that which counts always."""
        most = min(MOST_COLUMNS, MOST_CELLS // max(len(records), 1))
        found = dict.fromkeys((self.axis,)) if any(self.axis in record for record in records) else {}
        for name in (name for record in records for name in record):
            if len(found) >= most:
                break
            found[name] = None
        return found

    def _numbers(self, record: Any) -> Any:
        """What has the numbers of a line, of which ``record`` is the value. Raises TypeError, LookupError."""
        return record


class ExaminationTable(EpochTable):
    """The numbers of examinations, such as the share of dead units, of the lines that hold histograms too."""

    def _numbers(self, record: Any) -> Any:
        return {**as_object(record["numbers"]), "step": record["step"], "epoch": record.get("epoch")}


def _parse_lines(lines: list[bytes]) -> list[Any]:
    """The value of each line; None for one that is no JSON. All at once, for that takes a third of the time."""
    if all(line[:1] == b"{" and line[-1:] == b"}" for line in lines):
        try:
            found = json.loads(b"[" + b",".join(lines) + b"]")
        except (ValueError, RecursionError):
            found = []
        if len(found) == len(lines):
            return list(found)
    return [_parse_line(line) for line in lines]


def _parse_line(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def parse_numbers(lines: bytes, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Lines of numbers, between commas, as columns; NaN for a cell that is no number, or is not there."""
    import polars as pl

    places = [str(place) for place in range(len(names))]
    shape = ",".join("0" * len(names)).encode() + b"\n"  # so that lines shorter than the header have all columns
    frame = pl.read_csv(
        shape + lines,
        has_header=False,
        schema=dict.fromkeys(places, pl.Float64),
        ignore_errors=True,
        truncate_ragged_lines=True,
        quote_char=None,
    )
    cells = frame.slice(1).fill_null(float("nan"))
    return {name: cells[place].to_numpy() for place, name in zip(places, names, strict=True)}


def flatten_numbers(value: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """The numbers inside a JSON object, each by its path; null is NaN. Raises TypeError for what is no object."""
    if not path and not isinstance(value, dict):
        raise TypeError("a line of numbers is an object")
    if isinstance(value, dict):
        for name, part in value.items():
            inner = f"{path}/{name}" if path else name or "/"
            if type(part) is float:
                yield inner, part
            else:
                yield from flatten_numbers(part, inner)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from flatten_numbers(part, f"{path}/{place}")
    elif value is None:
        yield path, np.nan
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path, _float(value)


def _float(value: int | float) -> float:
    try:
        return float(value)
    except OverflowError:  # a whole number of more than 308 digits
        return np.inf
