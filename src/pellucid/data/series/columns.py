"""Which columns of a table make series."""

from __future__ import annotations

from dataclasses import dataclass

from pellucid.data.series.gaps import Fill
from pellucid.data.tables.table import Table
from pellucid.errors import DataError, UnknownNameError


@dataclass(frozen=True)
class SeriesColumns:
    """Which columns of a table make series, and how they are read.

    ``time`` is the column of times, ``id`` the one that tells several series apart, ``targets`` and ``variables`` the
    columns to forecast and to see (None: all others), ``future`` those known ahead of time, ``categorical`` those of
    numbers that are names. ``dates`` and ``zone`` as ``read_times`` takes them; ``fill`` says how gaps are filled.
    """

    time: str
    id: str | None = None
    targets: tuple[str, ...] | None = None
    variables: tuple[str, ...] | None = None
    future: tuple[str, ...] = ()
    categorical: tuple[str, ...] = ()
    dates: str = "auto"
    zone: str | None = None
    fill: Fill | None = None

    def chosen(self, table: Table) -> tuple[str, ...]:
        """The columns to see. Raises UnknownNameError for one that is not there, DataError where none is left."""
        apart = [self.time, *([] if self.id is None else [self.id])]
        others = tuple(name for name in table.columns if name not in apart)
        named = others if self.variables is None else self.variables
        chosen = (*named, *(name for name in dict.fromkeys((*(self.targets or ()), *self.future)) if name not in named))
        for name in (*apart, *named, *self.future, *self.categorical):
            if name not in table.columns:
                raise UnknownNameError(f"column of {table.name}", name, table.columns)
        for name in self.targets or ():
            if name not in others:
                raise UnknownNameError(f"variable of {table.name}", name, others)
        if not chosen or len(set(chosen)) < len(chosen) or set(apart) & set(chosen):
            beside = " and ".join(map(repr, apart))
            raise DataError(f"{table.name}: a series needs variables that differ, beside {beside}: not {chosen}")
        return chosen
