"""What the programs that write tables add: row numbers in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def counts_rows(cells: pl.Series) -> bool:
    """Whether cells count 0, 1, 2 ... or 1, 2, 3 ...: the row numbers that some programs write first."""
    import polars as pl

    numbers = cells.cast(pl.Int64, strict=False)
    if numbers.null_count() or numbers[0] not in (0, 1):
        return False
    return bool((numbers == pl.int_range(len(cells), eager=True) + numbers[0]).all())
