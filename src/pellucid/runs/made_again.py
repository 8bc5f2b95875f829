"""Changes that a training makes again when it goes on, though it failed after them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pellucid.runs.events import REPEATABLE, read_events
from pellucid.runs.layout import EVENTS, METRICS
from pellucid.runs.records import last_record
from pellucid.runs.summary import RunSummary


def rates_that_failed(run: Path) -> Iterator[str]:
    """A line for each learning rate that a failed run was asked for since its last whole epoch, where it goes on: that
    it is set again, and how to leave it out. None for a run that did not fail.
    """
    summary = RunSummary(run.name, run)
    summary.update()
    if summary.value["status"] != "failed":
        return
    done = last_record(run / METRICS).get("epoch", 0)
    for event in read_events(run):
        if event["kind"] == "learning_rate" and event.get("reason") in REPEATABLE and event.get("epoch") == done:
            yield (
                f"the learning rate {event.get('after')} is set again after step {event.get('step')}, and training "
                f"failed after it: to leave it out, delete its line in {run / EVENTS} and resume once more"
            )
