"""Columns of whole numbers that name the rows rather than measure them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from pellucid.data.tables.columns import as_numbers
from pellucid.data.tables.table import Table

FEWEST_ROWS = 20
"""In fewer rows whole numbers may differ by chance."""

ID = re.compile(r"(^|[_\W])(id|uuid|key|index|idx|no|nr|row|record)$|[a-z]I[dD]$", re.IGNORECASE)
"""What columns of ids are called: id, customer_id, orderId, row."""


@dataclass(frozen=True)
class IdNote:
    """What is said of a column that differs in every row; ``are_certain`` where it is no measure in all likelihood."""

    text: str
    are_certain: bool

    def __str__(self) -> str:
        return self.text


def describe_id(table: Table, name: str) -> IdNote | None:
    """What to say of a column of numbers if it has a different whole number in every row; else None.

    It counts the rows where they come as 0, 1, 2 ... or 1, 2, 3 ..., and is an id where its name says so.
    """
    import polars as pl

    dtype = table.frame[name].dtype
    if not (dtype.is_integer() or dtype == pl.String) or table.format_of(name):
        return None
    numbers = as_numbers(table, name)
    if np.isnan(numbers).any() or (numbers != np.floor(numbers)).any() or len(np.unique(numbers)) < len(numbers):
        return None
    if len(numbers) > 2 and numbers[0] in (0, 1) and (np.diff(numbers) == 1).all():
        return IdNote("whole numbers that only count the rows", True)
    if ID.search(name):
        return IdNote("a different whole number in every row, and called an id", True)
    return IdNote("a different whole number in every row", False) if len(numbers) >= FEWEST_ROWS else None
