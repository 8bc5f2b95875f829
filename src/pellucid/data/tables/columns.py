"""What the cells of a column mean: nothing, numbers, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pellucid.data.files.date_patterns import date_patterns
from pellucid.data.preparation.scaling import LARGEST
from pellucid.data.tables.number_formats import NumberFormat
from pellucid.data.tables.table import Table
from pellucid.errors import DataError

if TYPE_CHECKING:
    import polars as pl

MOSTLY = 0.9
"""The share of numbers from which on words among them are taken for mistakes."""

SPELLINGS = {r"^(-?[0-9]+)\.0*$": "$1", "^-0$": "0", "(?i)^true$": "true", "(?i)^false$": "false"}
"""How words are spelled that files spell in several ways: 2.0 as 2, True as true."""

DATE_SHAPE = r"^(\d{4}[-/]\d{1,2}([-/]\d{1,2})?|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})([T ]\d{1,2}:\d{2}.*)?$"


def column_kind(table: Table, name: str) -> str:
    """What an input column holds: "numbers", "words", "dates", "nothing", or "lists" (of no use here).

    Numbers are dates where the table says by a pattern that dates are written so.
    A few words among numbers make it no less a column of numbers: they are hardly meant, and ``as_numbers`` names them.
    """
    column = table.frame[name]
    present = column.drop_nulls()
    if present.is_empty():
        return "nothing"
    if column.dtype.is_temporal():
        return "dates"
    if not _is_plain(column):
        return "lists"
    if "%" in table.dates and date_patterns(present, table.dates):
        return "dates"
    if share_of_numbers(column, table.format_of(name)) >= MOSTLY:
        return "words" if run_together(table, name) else "numbers"
    words = as_words(table, name).drop_nulls()
    return "dates" if words.str.contains(DATE_SHAPE).all() or date_patterns(words, table.dates) else "words"


def share_of_numbers(column: pl.Series, written: NumberFormat | None = None) -> float:
    """The fraction of the cells with something in them that are numbers, plain or ``written`` so."""
    import polars as pl

    if column.dtype != pl.String:
        return float(column.dtype.is_numeric())
    present = column.drop_nulls()
    return _numbers(present, written).count() / max(len(present), 1)


def run_together(table: Table, name: str) -> bool:
    """Whether whole numbers of the column are too large for float64 to tell them apart, as ids can be."""
    import polars as pl

    cells = table.frame[name].drop_nulls().unique()
    if cells.dtype == pl.String:
        cells = cells.filter(cells.str.contains(r"^[+-]?\d{16,}$")).str.strip_chars_start("+")
    elif not cells.dtype.is_integer():
        return False
    return cells.cast(pl.Float64).n_unique() < cells.n_unique()


def as_numbers(table: Table, name: str) -> np.ndarray:
    """The column as float64, (B,), missing values NaN. Raises DataError for a word, or what float32 cannot hold."""
    import polars as pl

    column = _plain(table, name, "numbers")
    values = _numbers(column if column.dtype.is_numeric() else column.cast(pl.String), table.format_of(name))
    if values.null_count() > column.null_count():
        row = int((values.is_null() & column.is_not_null()).arg_max() or 0)
        raise DataError(
            f"{table.at(row)}: column {name!r} holds numbers, but here it is {column[row]!r}: correct it, or say "
            "that this marks a missing value, or that the column is categorical"
        )
    numbers = values.to_numpy()
    beyond = np.abs(numbers) > LARGEST
    if beyond.any():
        row = int(beyond.argmax())
        what = "infinite" if np.isinf(numbers[row]) else "too large"
        raise DataError(
            f"{table.at(row)}: column {name!r} is {what} ({column[row]}): numbers must be within +-{LARGEST:.1e}"
        )
    return numbers


def as_words(table: Table, name: str) -> pl.Series:
    """The column as text, each value spelled alike whatever file it comes from; missing values stay null.

    Raises DataError for dates and lists.
    """
    import polars as pl

    words = pl.first().cast(pl.String)
    for pattern, spelling in SPELLINGS.items():
        words = words.str.replace(pattern, spelling)
    return _plain(table, name, "words").to_frame().select(words).to_series()


def _numbers(cells: pl.Series, written: NumberFormat | None) -> pl.Series:
    """Float64; null where a cell is no number."""
    import polars as pl

    if written is not None and cells.dtype == pl.String:
        return written.read(cells)
    return cells.cast(pl.Float64, strict=False)


def _plain(table: Table, name: str, wanted: str) -> pl.Series:
    column = table.frame[name]
    if not _is_plain(column):
        raise DataError(f"{table.name}: column {name!r} holds {column.dtype}, where {wanted} are needed")
    return column


def _is_plain(column: pl.Series) -> bool:
    import polars as pl

    plain = (pl.String, pl.Boolean, pl.Categorical, pl.Enum, pl.Null)
    return column.dtype in plain or column.dtype.is_numeric()
