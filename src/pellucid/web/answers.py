"""What can be read of the runs in a folder: the same answers for the server and for an export to files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pellucid.runs.collection import RunCollection
from pellucid.version import __version__
from pellucid.web.decimate import decimate
from pellucid.web.envelope import pack_rows

POINTS = 2_000
"""So many rows of a table are sent unless another number is asked for."""

MOST_POINTS = 200_000
MOST_EVENTS = 5_000


@dataclass(frozen=True)
class Answers:
    """The answers about the runs of ``collection``; ``steer`` says whether trainings can be steered from the page.

    Every method raises a PellucidError for what is not there.
    """

    collection: RunCollection
    steer: bool = True
    exported: bool = False

    def session(self) -> dict[str, Any]:
        """What is being looked at, and by what."""
        return {
            "version": __version__,
            "folder": self.collection.folder.name,
            "single": self.collection.single,
            "steer": self.steer,
            "exported": self.exported,
        }

    def runs(self) -> dict[str, Any]:
        """The summaries of all runs."""
        self.collection.refresh()
        return {"runs": self.collection.summaries()}

    def run(self, name: str) -> dict[str, Any]:
        """All about one run but its tables."""
        summary = self.collection.summary(name)
        reader = self.collection.reader(name)
        with reader.lock:
            reader.update()
            columns = {table: list(reader.table(table).columns.names) for table in reader.tables}
            events = reader.events.items[-MOST_EVENTS:]
        return {**summary, "columns": columns, "events": events, "remarks": reader.faults()}

    def table(
        self,
        name: str,
        table: str,
        columns: Sequence[str] = (),
        first: float = -np.inf,
        last: float = np.inf,
        points: int = POINTS,
    ) -> bytes:
        """Rows of a table as an envelope.

        Args:
            name: the id of the run.
            table: "epochs", "steps" or "layers".
            columns: which columns, beside the one that counts; those that the table lacks are left out. Default: all.
            first: the first step or epoch. Default: that of the table.
            last: the last step or epoch. Default: that of the table.
            points: about how many rows at most; of more the least and greatest of each stretch are kept.

        Returns:
            The envelope, as ``docs/protocol.md`` describes it.
        """
        reader = self.collection.reader(name)
        with reader.lock:
            reader.update()
            read = reader.table(table)
            wanted = [column for column in (columns or read.columns.names) if column in read.columns.names]
            wanted = list(dict.fromkeys([read.axis, *wanted]))
            total = read.columns.rows
            if not total:
                return pack_rows({"run": name, "table": table, "first": 0, "total": 0, "decimated": False}, {})
            axis = read.columns[read.axis]
            rows = slice(*_range(axis, first, last))
            found = {column: read.columns[column][rows].copy() for column in wanted}
        return pack_table(name, table, found, rows.start, total, points)


def pack_table(run: str, table: str, columns: dict[str, np.ndarray], first: int, total: int, points: int) -> bytes:
    """Columns of a table, the one that counts first, from row number ``first`` of ``total``, in so many points."""
    values = list(columns.values())
    chosen = decimate(values[1:] or values, min(max(points, 2), MOST_POINTS))
    if chosen is not None:
        columns = {name: column[chosen] for name, column in columns.items()}
    header = {"run": run, "table": table, "first": first, "total": total, "decimated": chosen is not None}
    return pack_rows(header, columns)


def _range(axis: np.ndarray, first: float, last: float) -> tuple[int, int]:
    """Where the rows from ``first`` to ``last`` begin and end."""
    inside = np.flatnonzero((axis >= first) & (axis <= last))
    return (int(inside[0]), int(inside[-1]) + 1) if len(inside) else (0, 0)
