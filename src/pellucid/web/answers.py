"""What can be read of the runs in a folder: the same answers for the server and for an export to files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pellucid.envelope import pack, pack_rows
from pellucid.errors import RunError, describe
from pellucid.jobs.inspection import Shown
from pellucid.own_files import read_own
from pellucid.report.decimate import decimate
from pellucid.runs.collection import RunCollection
from pellucid.runs.description import read_description
from pellucid.runs.find_runs import require_own_files
from pellucid.runs.histograms import histogram_names, histogram_of
from pellucid.runs.layout import HISTOGRAMS, REPORT
from pellucid.runs.reader import SECONDS_A_TURN, USUAL
from pellucid.runs.records import last_record
from pellucid.runs.tables import flatten_numbers
from pellucid.version import __version__
from pellucid.web.inspections import Inspections

POINTS = 2_000
"""So many rows of a table are sent unless another number is asked for."""

MOST_POINTS = 200_000
MOST_NUMBERS = 1 << 23
"""An answer has at most so many numbers: of a table with many columns fewer rows are sent."""

MOST_EVENTS = 5_000


@dataclass(frozen=True)
class Answers:
    """The answers about the runs of ``collection``; ``steer`` says whether trainings can be steered from the page.

    Every method raises a PellucidError for what is not there.
    """

    collection: RunCollection
    steer: bool = True
    exported: bool = False
    inspections: Inspections = field(default_factory=Inspections)

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
        return {"runs": [self._placeless(summary) for summary in self.collection.summaries()]}

    def summary(self, name: str) -> dict[str, Any]:
        """The summary of one run."""
        return self._placeless(self.collection.summary(name))

    def _placeless(self, summary: dict[str, Any]) -> dict[str, Any]:
        if "error" not in summary:
            return summary
        return {**summary, "error": self.collection.without_place(summary["error"])}

    def run(self, name: str) -> dict[str, Any]:
        """All about one run but its tables."""
        summary = self.summary(name)
        if summary["status"] == "unreadable":
            return {**summary, "remarks": [summary["error"]]}
        reader, path = self.collection.reader(name), self.collection.locate(name)
        with reader.lock:
            reader.update(
                seconds=SECONDS_A_TURN
            )  # of a long run that is read first, the names of its columns are enough
            columns = {table: list(reader.table(table).columns.names) for table in USUAL}
            events = reader.events.items[-MOST_EVENTS:]
        told, examined = read_description(path), last_record(path / HISTOGRAMS)
        if isinstance(numbers := examined.get("numbers"), dict) and numbers:
            columns["examinations"] = ["step", "epoch", *(name for name, _ in flatten_numbers(numbers))]
        result, remarks = told.get("result"), reader.faults()
        try:
            network = self.inspections.graph(path)
        except Exception as error:  # a description that anybody may have written
            network = None
            remarks.append(self.collection.without_place(f"the network cannot be drawn: {describe(error)}"))
        told_remarks = result.get("remarks") if isinstance(result, dict) else None
        return {
            **summary,
            "command": told.get("command"),
            "network": network,
            "columns": columns,
            "histograms": histogram_names([examined]),
            "events": events,
            "result": result,
            "remarks": remarks + (told_remarks if isinstance(told_remarks, list) else []),
            "report": (path / REPORT).is_file(),
        }

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
            table: "epochs", "steps", "layers" or "examinations".
            columns: which columns, beside the one that counts; those that the table lacks are left out. Default: all.
            first: the first step or epoch. Default: that of the table.
            last: the last step or epoch. Default: that of the table.
            points: about how many rows at most; of more the least and greatest of each stretch are kept.

        Returns:
            The envelope, as ``docs/protocol.md`` describes it.
        """
        reader = self.collection.reader(name)
        reader.read_all([table])
        with reader.lock:
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

    def histograms(self, name: str, array: str) -> dict[str, Any]:
        """The histograms of one array over the course of the training."""
        reader = self.collection.reader(name)
        with reader.lock:
            reader.histograms.update()
            return histogram_of(reader.histograms.items, array)

    def weights(self, name: str, path: str) -> bytes:
        """An array of weights as an envelope."""
        shown = self.inspections.of(self.collection.locate(name)).weights(path)
        return pack_array({"type": "weights", "run": name, "path": path}, shown)

    def examples(self, name: str, *asked: Any) -> dict[str, Any]:
        """Examples of a part of the data, with what the network says of each: see ``Inspection.examples``."""
        return self.inspections.examples(self.collection.locate(name), *asked)

    def outputs(self, name: str, part: str, row: int, layer: str) -> bytes:
        """What a layer gives for one example, as an envelope."""
        shown = self.inspections.outputs(self.collection.locate(name), part, row, layer)
        return pack_array({"type": "outputs", "run": name, "layer": layer, "part": part, "row": row}, shown)

    def explain(self, name: str, target: str | None, row: int) -> str:
        """The derivation of one gradient, as a page."""
        return self.inspections.explain(self.collection.locate(name), target, row)

    def report(self, name: str) -> bytes:
        """The report, as it is in the run. Raises RunError where there is none."""
        path = self.collection.locate(name)
        require_own_files(path)
        try:
            return read_own(path / REPORT)
        except OSError:
            raise RunError(f"{name} has no {REPORT} yet: it is written when training ends") from None


def pack_array(header: dict[str, Any], shown: Shown) -> bytes:
    """An array, or its first rows, as an envelope."""
    values = shown.values
    told = {"shape": list(shown.shape), "shown": list(values.shape), "whole": values.shape == shown.shape}
    return pack({**header, **told}, [values])


def pack_table(run: str, table: str, columns: dict[str, np.ndarray], first: int, total: int, points: int) -> bytes:
    """Columns of a table, the one that counts first, from row number ``first`` of ``total``, in so many points."""
    values = list(columns.values())
    chosen = decimate(values[1:] or values, max(2, min(points, MOST_POINTS, MOST_NUMBERS // max(len(values), 1))))
    if chosen is not None:
        columns = {name: column[chosen] for name, column in columns.items()}
    header = {"run": run, "table": table, "first": first, "total": total, "decimated": chosen is not None}
    return pack_rows(header, columns)


def _range(axis: np.ndarray, first: float, last: float) -> tuple[int, int]:
    """Where the rows from ``first`` to ``last`` begin and end."""
    inside = np.flatnonzero((axis >= first) & (axis <= last))
    return (int(inside[0]), int(inside[-1]) + 1) if len(inside) else (0, 0)
