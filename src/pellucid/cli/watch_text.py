"""``pellucid watch --text``: the curves of a run in the terminal, again whenever there is more."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.cli.output import clear_screen, number, say, text_width, write
from pellucid.errors import RunError
from pellucid.report.text_curves import BOTH, draw_curves
from pellucid.runs.collection import RunCollection
from pellucid.runs.reader import RunReader
from pellucid.runs.summary import GOING_ON

SECONDS_BETWEEN_LOOKS = 0.5


def watch_text(folder: Path) -> None:
    """Draw the run in ``folder``, or that of its runs which began last, until its training ends.

    On a terminal the picture is drawn again in its place; elsewhere a line is written for each epoch, then the picture.
    Raises RunError where there is no run.
    """
    collection = RunCollection(folder)
    name = _latest(collection)
    reader, in_place, epochs = collection.reader(name), sys.stdout.isatty(), 0
    while True:
        try:
            summary = collection.summary(name)
        except RunError:
            raise RunError(f"run {name} was removed while it was watched: its curves end here") from None
        reader.update()
        goes_on = summary["status"] in GOING_ON
        if in_place and (goes_on or epochs):
            clear_screen()
        if in_place or not goes_on:
            write("\n".join(_picture(summary, reader, text_width())))
        else:
            for line in _new_epochs(reader, epochs):
                write(line)
        epochs = reader.table("epochs").columns.rows
        if not goes_on:
            return
        while not reader.has_changed() and _status(collection, name) == summary["status"]:
            time.sleep(SECONDS_BETWEEN_LOOKS)


def _status(collection: RunCollection, name: str) -> str | None:
    """The status of the run; None where it is no longer there."""
    try:
        return str(collection.summary(name)["status"])
    except RunError:
        return None


def _latest(collection: RunCollection) -> str:
    collection.refresh()
    readable = [run for run in collection.summaries() if run["status"] != "unreadable"]
    if not readable:
        raise RunError(f"no run in {collection.folder} can be read: 'pellucid train' makes one")
    chosen = max(readable, key=lambda run: (run["status"] in GOING_ON, run["started"] or ""))
    if len(readable) > 1:
        say(f"of {len(readable)} runs the latest: {chosen['id']}")
    return str(chosen["id"])


def _picture(summary: dict[str, Any], reader: RunReader, width: int) -> Iterator[str]:
    planned = f" of {summary['epochs_planned']}" if summary["epochs_planned"] else ""
    yield f"{summary['name']}: {summary['stopped'] or summary['status']}, {summary['epochs']}{planned} epochs"
    columns = reader.table("epochs").columns
    if columns.rows > 1:
        kept = _kept_row(reader)
        for quantity in dict.fromkeys(name.removeprefix("train/") for name in columns.names if name[:6] == "train/"):
            curves = {part: f"{part}/{quantity}" for part in ("train", "validation")}
            found = {part: columns[name] for part, name in curves.items() if name in columns.names}
            last = ", ".join(f"{part} {number(values[-1])}" for part, values in found.items())
            yield from ("", f"{quantity} by epoch: {last}")
            if kept is not None and kept < columns.rows - 1:
                best = ", ".join(f"{part} {number(values[kept])}" for part, values in found.items())
                yield f"kept, of epoch {columns['epoch'][kept]:g}: {best}"
            yield from draw_curves(columns["epoch"], found, width)
        yield f"\nt train, v validation, {BOTH} both"
        return
    steps = reader.table("steps").columns
    if "loss" in steps.names:
        last = number(steps["loss"][-1]) if steps.rows else "none yet"
        yield from ("", f"loss by step: {last}", *draw_curves(steps["step"], {"loss": steps["loss"]}, width))


def _kept_row(reader: RunReader) -> int | None:
    """The row of the epoch whose weights are kept; None where no rule of early stopping chose one."""
    best = [event.get("epoch") for event in reader.events.items if event.get("kind") == "best"]
    rows = [row for row, epoch in enumerate(reader.table("epochs").columns["epoch"]) if best and epoch == best[-1]]
    return rows[0] if rows else None


def _new_epochs(reader: RunReader, told: int) -> Iterator[str]:
    columns = reader.table("epochs").columns
    names = [name for name in columns.names if name.partition("/")[0] in ("train", "validation")]
    for row in range(told if told <= columns.rows else 0, columns.rows):
        numbers = ", ".join(f"{n} {number(columns[n][row])}" for n in names if np.isfinite(columns[n][row]))
        yield f"epoch {columns['epoch'][row]:g}: {numbers}"
