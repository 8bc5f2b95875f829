"""Habits of the programs that write tables: row numbers in front, decimal commas."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

DECIMAL_COMMA = r"^[+-]?(\d+(,\d*)?|,\d+)([eE][+-]?\d+)?$"


def counts_rows(cells: pl.Series) -> bool:
    """Whether cells count 0, 1, 2 ... or 1, 2, 3 ...: the row numbers that some programs write first."""
    import polars as pl

    numbers = cells.cast(pl.Int64, strict=False)
    if numbers.null_count() or numbers[0] not in (0, 1):
        return False
    return bool((numbers == pl.int_range(len(cells), eager=True) + numbers[0]).all())


def decimal_points(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Decimal commas replaced in the columns that hold nothing but numbers written so."""
    changed = []
    for column in frame:
        present = column.filter(column.str.strip_chars() != "").str.strip_chars()
        if present.str.contains(",", literal=True).any() and present.str.contains(DECIMAL_COMMA).all():
            frame = frame.with_columns(column.str.replace(",", ".", literal=True))
            changed.append(column.name)
    return frame, changed
