"""Tables that are in memory already: data frames, dicts of columns, rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pellucid.data.files.rows import Columns
from pellucid.data.messages import name_some
from pellucid.data.tables.table import Table, table_of_cells
from pellucid.errors import DataError

if TYPE_CHECKING:
    import polars as pl

NAME = "the data"
"""What messages call a table that has no file."""


def table_in_memory(data: Any, missing: Sequence[str] = (), order: Sequence[str] | None = None) -> Table | None:
    """``data`` as the table that a file of the same cells is; None where it is not tabular.

    Args:
        data: a ``Table``, a polars or pandas DataFrame, a dict of columns, a list of dicts, or rows: an array (B, D) or
            a list of B lists of D cells.
        missing: marks of a missing value beside the usual ones, as for ``read_table``; None and NaN always are.
        order: the names of the D cells of a row; None where rows without names are not taken.

    Returns:
        The table, its rows counted from 1.

    Raises:
        DataError: for columns of different lengths, rows of another width than ``order``, and no rows.
    """
    import polars as pl

    if isinstance(data, Table):
        return data
    try:
        frame = _frame(data, order)
    except (pl.exceptions.PolarsError, TypeError, ValueError, OverflowError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"{NAME} cannot be made a table: {error}") from None
    if frame is None:
        return None
    if frame.is_empty():
        raise DataError(f"{NAME} holds {frame.width} columns, but no rows")
    frame = frame.with_columns(pl.selectors.float().fill_nan(None))
    return table_of_cells(Columns(frame, np.arange(1, len(frame) + 1)), NAME, missing)


def _frame(data: Any, order: Sequence[str] | None) -> pl.DataFrame | None:
    import polars as pl

    if isinstance(data, pl.DataFrame):
        return data
    if isinstance(data, Mapping):
        return pl.DataFrame(dict(data), strict=False)
    if hasattr(data, "columns") and hasattr(data, "isna"):
        return _from_pandas(data)
    if isinstance(data, (list, tuple)) and data and all(isinstance(row, Mapping) for row in data):
        return pl.DataFrame([dict(row) for row in data], infer_schema_length=None, strict=False)
    return None if order is None else _from_rows(data, order)


def _from_pandas(data: Any) -> pl.DataFrame:
    """Cell by cell, for what polars reads of pandas by itself depends on other packages."""
    import polars as pl

    columns = {}
    for name in data.columns:
        cells, gone = data[name].tolist(), data[name].isna().tolist()
        values = [None if none else cell for cell, none in zip(cells, gone, strict=True)]
        columns[str(name)] = pl.Series(str(name), values, strict=False)
    return pl.DataFrame(columns)


def _from_rows(data: Any, order: Sequence[str]) -> pl.DataFrame | None:
    import polars as pl

    if isinstance(data, np.ndarray) and data.ndim == 2:
        _check_width(data[0] if len(data) else order, order, 1)
        columns = [column.tolist() if column.dtype == object else column for column in np.array(data.T, order="C")]
    elif isinstance(data, (list, tuple)) and all(isinstance(row, (list, tuple, np.ndarray)) for row in data):
        for number, row in enumerate(data, 1):
            _check_width(row, order, number)
        columns = [[row[i] for row in data] for i in range(len(order))]
    else:
        return None
    return pl.DataFrame([pl.Series(name, cells, strict=False) for name, cells in zip(order, columns, strict=True)])


def _check_width(row: Any, order: Sequence[str], number: int) -> None:
    if len(row) != len(order):
        raise DataError(
            f"{NAME}, row {number}: {len(row)} cells, but the columns are {len(order)}, {name_some(order, 10)}: give a "
            "cell for each, in this order"
        )


def describe_table(columns: Sequence[str], rows: bool = True) -> str:
    """What is wanted where a table with these ``columns`` is, in words; ``rows`` says whether rows are taken."""
    ways = "the path of a table, a data frame, a list of dicts or a dict of columns"
    also = f", or rows of {len(columns)} cells in this order" if rows else ""
    return f"a table with the columns {name_some(columns, 10)}: give {ways}{also}"
