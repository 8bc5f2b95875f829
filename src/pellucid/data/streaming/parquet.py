"""Parquet files, read a stretch of rows at a time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pellucid.data.streaming.base import OnDisk
from pellucid.errors import ConfigError, DataError, UnknownNameError

if TYPE_CHECKING:
    import polars as pl


class ParquetRows(OnDisk):
    """The rows of a Parquet file, or of several one after another; x are the columns of numbers, (B, D), float32.

    ``target`` names the column to predict: a column of integers holds labels, (B,), unless it is said to hold
    ``amounts``, (B, 1), as others do. ``columns`` names those of x: all but the target unless given.
    Raises DataError for a file that is cut off, columns that are missing or hold no numbers; UnknownNameError for a
    name that no column has.
    """

    block_bytes = 2**23  # a row group is unpacked to read any of its rows

    def __init__(
        self,
        paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
        target: str,
        *,
        columns: Sequence[str] | None = None,
        amounts: bool = False,
    ) -> None:
        self.paths = [Path(path) for path in ([paths] if isinstance(paths, (str, os.PathLike)) else paths)]
        if not self.paths:
            raise ConfigError("ParquetRows: there is no file to read")
        self.name = ", ".join(path.name for path in self.paths)
        first = _schema(self.paths[0])
        chosen = [name for name in first if name != target] if columns is None else columns
        self.columns, self.target = tuple(chosen), target
        for name in (*self.columns, target):
            if name not in first:
                raise UnknownNameError(f"column of {self.paths[0].name}", name, list(first))
        for path in self.paths:
            self._require_columns(path, first)
        self._amounts = amounts or not (first[target].is_integer() or _is_boolean(first[target]))
        self._examples = self._count()
        if not self._examples:
            raise DataError(f"{self.name} holds {len(first)} columns, but no rows")

    @property
    def examples(self) -> int:
        return self._examples

    def read(self, start: int, stop: int) -> tuple[np.ndarray, np.ndarray]:
        import polars as pl

        y = pl.col(self.target).cast(pl.Float32 if self._amounts else pl.Int64)
        rows = self._scan().slice(start, stop - start).select(pl.col(self.columns).cast(pl.Float32), y)
        frame = self._collect(rows)
        target = frame[self.target].to_numpy()
        return frame.select(self.columns).to_numpy(), target[:, None] if self._amounts else target

    def _count(self) -> int:
        import polars as pl

        return int(self._collect(self._scan().select(pl.len())).item())

    def _require_columns(self, path: Path, first: dict[str, Any]) -> None:
        schema = _schema(path)
        if more := [name for name in schema if name not in first]:
            raise DataError(f"{path} has the column {more[0]!r}, which {self.paths[0].name} lacks: write both alike")
        for name in (*self.columns, self.target):
            if name not in schema:
                raise DataError(f"{path} has no column {name!r}, which {self.paths[0].name} has")
            if not (schema[name].is_numeric() or _is_boolean(schema[name])):
                raise DataError(
                    f"{path}: column {name!r} holds {schema[name]}, not numbers: number its values first, or name the "
                    "columns to use (columns=[...])"
                )

    def _scan(self) -> pl.LazyFrame:
        import polars as pl

        return pl.scan_parquet(self.paths)

    def _collect(self, frame: pl.LazyFrame) -> pl.DataFrame:
        import polars as pl

        try:
            return frame.collect()
        except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
            raise _parquet_error(self.name, error) from None


def _schema(path: Path) -> dict[str, Any]:
    """The type of each column by its name."""
    import polars as pl

    try:
        return dict(pl.read_parquet_schema(path))
    except FileNotFoundError:
        raise DataError(f"no such file: {path}") from None
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise _parquet_error(path, error) from None


def _is_boolean(dtype: Any) -> bool:
    return str(dtype) == "Boolean"


def _parquet_error(path: Path | str, error: BaseException) -> DataError:
    return DataError(f"{path} is not a readable Parquet file: {str(error).splitlines()[0]}")
