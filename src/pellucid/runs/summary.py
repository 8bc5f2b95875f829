"""A run in a few lines, for lists: what it is, how far it is, what came out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pellucid.data.base.splits import PARTS
from pellucid.errors import RunError
from pellucid.runs.description import read_description
from pellucid.runs.find_runs import require_own_files
from pellucid.runs.follow import GrowingFile
from pellucid.runs.json_object import as_object
from pellucid.runs.layout import DESCRIPTION, EVENTS, LAYERS, METRICS, STEPS
from pellucid.runs.lock import is_locked
from pellucid.runs.records import Records, last_record
from pellucid.runs.tables import flatten_numbers
from pellucid.train.stopping.time_limit import TIME_IS_UP
from pellucid.validate import is_number

SILENT_SECONDS = 10.0
"""A run that says it is running, has written nothing for so long, and whose folder no process holds, has crashed."""

GOING_ON = ("running", "paused", "measuring")
"""What a run that is not over is called; measuring: it is trained, and being compared with baselines."""


class RunSummary:
    """The summary of one run, kept up to date: ``value`` is the dict that ``docs/protocol.md`` describes."""

    def __init__(self, name: str, path: Path) -> None:
        self.name, self.path = name, path
        self.value: dict[str, Any] = {}
        self._description, self._metrics = GrowingFile(path / DESCRIPTION), GrowingFile(path / METRICS)
        self._events = Records(path / EVENTS)
        self._told: dict[str, Any] = {}
        self._error: str | None = None
        self._last: dict[str, float] = {}

    def update(self) -> bool:
        """Look again. Whether anything is different. A run that holds what no run does is one that cannot be read."""
        before = self.value
        try:
            return self._update()
        except Exception as error:  # whatever it is: one run, which anybody may have written, takes no other down
            self.value = self._unreadable(f"its files hold what no training writes ({type(error).__name__})")
            return self.value != before

    def _update(self) -> bool:
        before, files = self.value, (self._description, self._metrics, self._events.file)
        if before and before["status"] not in GOING_ON and not any(file.has_changed() for file in files):
            return False
        if self._description.has_changed() or not before:
            self._description.read()
            self._read_description()
        if self._metrics.has_changed():
            self._metrics.read()
            self._last = dict(flatten_numbers(last_record(self.path / METRICS)))
        self._events.update()
        self.value = self._summary()
        return self.value != before

    def _read_description(self) -> None:
        try:
            require_own_files(self.path)
            self._told, self._error = read_description(self.path), None
        except RunError as error:
            self._told, self._error = {}, str(error)

    def _unreadable(self, why: str) -> dict[str, Any]:
        return {"id": self.name, "name": self.path.name, "status": "unreadable", "error": why}

    def _summary(self) -> dict[str, Any]:
        if self._error is not None:
            return self._unreadable(self._error)
        told, last = self._told, self._last
        result, settings = as_object(told.get("result")), flat_settings(told)
        status, stopped = self._status()
        planned = [settings.get("epochs"), *(event.get("after") for event in self._of_kind("epochs"))]
        data = as_object(told.get("data"))
        return {
            "id": self.name,
            "name": self.path.resolve().name,
            "status": status,
            "stopped": stopped,
            "task": told.get("task") or result.get("task"),
            "started": created if isinstance(created := told.get("created"), str) else None,
            "seconds": self._seconds(result),
            "epochs": int(last["epoch"]) if is_number(last.get("epoch")) else 0,
            "epochs_planned": next(filter(is_number, reversed(planned)), None),
            "engine": told.get("engine"),
            "network": told.get("network") or settings.get("network"),
            "version": told.get("pellucid"),
            "settings": settings,
            "results": {f"{part}/{n}": v for part in PARTS for n, v in flatten_numbers(as_object(result.get(part)))},
            "last": {name: value for name, value in last.items() if name.partition("/")[0] in PARTS},
            "data": {name: data.get(name) for name in ("name", "fingerprint", "rows")},
            "tags": list(
                dict.fromkeys(str(e["text"]) for e in self._events.items if e.get("kind") == "tag" and "text" in e)
            ),
        }

    def _of_kind(self, *kinds: str) -> list[dict[str, Any]]:
        return [event for event in self._events.items if event.get("kind") in kinds]

    def _status(self) -> tuple[str, str | None]:
        """The status in one word, and the reason for which training stopped, in the words of the run."""
        told = str(self._told.get("status", ""))
        if told == "running":
            if self._is_alive():
                last = self._of_kind("paused", "continued", "resumed")[-1:]
                return ("paused" if last and last[0]["kind"] == "paused" else "running"), None
            return "crashed", "its process is gone"
        if told == "failed" or told.startswith("step "):
            return "failed", told
        if told == "interrupted" or told.startswith("stopped"):
            return "stopped", told
        if told and "result" not in self._told and is_locked(self.path):
            return "measuring", f"{told}; measuring the network and its baselines"
        if told.startswith(TIME_IS_UP) and not self._last:
            return "stopped", f"{told}, before one whole epoch was done"
        return ("ended" if told else "new"), told or None

    def _is_alive(self) -> bool:
        quiet = time.time() - self._last_written()
        return 0 <= quiet < SILENT_SECONDS or is_locked(self.path) is not False

    def _last_written(self) -> float:
        times = [0.0]
        for name in (DESCRIPTION, METRICS, STEPS, LAYERS, EVENTS):
            try:
                times.append((self.path / name).stat().st_mtime)
            except OSError:
                continue
        return max(times)

    def _seconds(self, result: Mapping[str, Any]) -> float | None:
        """How long it trained, all the times that it went on; of one without a result, this time from the beginning
        to what it wrote last.
        """
        if is_number(result.get("seconds")):
            return float(result["seconds"])
        try:
            begun = datetime.fromisoformat(str(self._told.get("created")))
        except ValueError:
            return None
        begun = begun if begun.tzinfo else begun.replace(tzinfo=UTC)
        earlier = self._told.get("earlier_seconds")
        now = max(0.0, self._last_written() - begun.timestamp())  # a clock may have gone backwards
        return round(now + (earlier if isinstance(earlier, (int, float)) else 0.0), 3)


def flat_settings(told: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked of a training, each setting by its name: "optimizer.learning_rate" where one holds others."""
    own = ("epochs", "batch_size", "shuffle", "seed", "mixup")
    asked = {name: told[name] for name in own if name in told}
    for name in ("optimizer", "loss"):
        if name in told:
            asked[name] = told[name]
    return dict(_flatten({**asked, **as_object(told.get("settings"))}))


def _flatten(value: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, part in value.items():
        if isinstance(part, dict):
            kind = {f"{path}{name}": part["type"]} if isinstance(part.get("type"), str) else {}
            yield from kind.items()
            yield from _flatten({n: v for n, v in part.items() if n not in ("type", "layers")}, f"{path}{name}.")
        elif isinstance(part, list):
            yield f"{path}{name}", ", ".join(str(item) for item in part[:50])
        else:
            yield f"{path}{name}", part
