"""The numbers of a training in its folder: read back, and cut to what a checkpoint goes on from."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pellucid.files import write_atomic
from pellucid.own_files import read_own
from pellucid.runs.json_object import as_object, parse_object
from pellucid.runs.layout import EVENTS, HISTOGRAMS, LAYERS, METRICS, STEPS
from pellucid.train.snapshot import Snapshot


def read_history(folder: Path, epochs: int | None = None) -> list[dict[str, Any]]:
    """The records of the first ``epochs`` epochs (all, if None); a line that a crash cut off ends them."""
    records: list[dict[str, Any]] = []
    try:
        for line in _lines(folder / METRICS)[0][:epochs]:
            records.append(json.loads(line))
    except (OSError, ValueError, RecursionError):
        pass
    return records


def earlier_seconds(told: Mapping[str, Any], epochs: Sequence[Mapping[str, Any]]) -> float:
    """How long a run took before it goes on after these ``epochs``: what its description ``told``, at least what they
    took.
    """
    said = [as_object(told.get("result")).get("seconds"), told.get("earlier_seconds")]
    taken = sum(float(record.get("seconds") or 0.0) for record in epochs)
    return round(max(taken, *(float(value) for value in said if isinstance(value, (int, float))), 0.0), 3)


def cut_history(folder: Path, snapshot: Snapshot) -> None:
    """Leave out what was written after ``snapshot``, before a crash, and comes about again when training goes on.

    Of events those stay that somebody has asked for: changes are made again at their steps.
    """
    _cut(folder / METRICS, lambda line: _number(line, "epoch") <= snapshot.epoch)
    for name in (STEPS, LAYERS):
        _cut(folder / name, lambda line: _step_of(line) <= snapshot.steps)
    _cut(folder / HISTOGRAMS, lambda line: _number(line, "step") <= snapshot.steps)
    _cut(folder / EVENTS, lambda line: _number(line, "step") <= snapshot.steps or not _comes_again(line))


def _cut(path: Path, stays: Callable[[bytes], bool]) -> None:
    if path.exists():
        lines, stump = _lines(path)
        kept = [line for line in lines if stays(line)]
        if stump or len(lines) > len(kept):
            write_atomic(path, b"".join(line + b"\n" for line in kept))


def _lines(path: Path) -> tuple[list[bytes], bytes]:
    """The whole lines of a file, and what is written of one that a crash cut off. Raises OSError.

    A line ends with "\\n" alone: other ends of lines stand inside texts, such as those of notes.
    """
    *lines, stump = read_own(path).split(b"\n")
    return lines, stump


def _step_of(line: bytes) -> float:
    """The number of the step in a line of ``steps.csv`` or ``layers.csv``; 0 for the header, infinity for a stump."""
    first = line.partition(b",")[0]
    return float(first) if first.isdigit() else 0 if first.rstrip() == b"step" else float("inf")


def _number(line: bytes, name: str) -> float:
    """A number of a line of JSON; infinity for what is no such line."""
    value = _record(line).get(name)
    return value if isinstance(value, (int, float)) else float("inf")


def _comes_again(line: bytes) -> bool:
    record = _record(line)
    return record.get("kind") in (None, "best") or record.get("reason") == "plateau"


def _record(line: bytes) -> dict[str, Any]:
    return parse_object(line) or {}
