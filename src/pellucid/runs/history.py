"""The numbers of a training in its folder: ``metrics.jsonl``, ``steps.csv`` and ``layers.csv``, which only grow."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from pellucid.files import to_json, write_atomic
from pellucid.runs.layout import LAYERS, METRICS, STEPS
from pellucid.train.history import layers_of
from pellucid.train.listener import Snapshot

Epoch = tuple[dict[str, Any], dict[str, Any]]
"""The record of an epoch, and the numbers of its steps: arrays (S,) by name."""


def append_history(folder: Path, epochs: Sequence[Epoch], first: int) -> None:
    """Append what happened in ``epochs``, the first step of which is number ``first``, counted from 1."""
    with _append(folder, METRICS) as metrics, _append(folder, STEPS, "step,learning_rate,loss") as lines:
        for record, steps in epochs:
            _append_layers(folder, layers_of(steps, first))
            metrics.write(to_json(record) + "\n")
            for rate, loss in zip(steps["learning_rate"], steps["loss"], strict=True):
                lines.write(f"{first},{rate:.6g},{loss:.6g}\n")
                first += 1


def _append_layers(folder: Path, layers: dict[str, Any]) -> None:
    if layers:
        with _append(folder, LAYERS, ",".join(layers)) as lines:
            for step, *numbers in zip(*layers.values(), strict=True):
                lines.write(",".join([str(step), *(f"{number:.6g}" for number in numbers)]) + "\n")


def _append(folder: Path, name: str, header: str | None = None) -> IO[str]:
    file = (folder / name).open("a", encoding="utf-8")
    if header is not None and file.tell() == 0:
        file.write(header + "\n")
    return file


def read_history(folder: Path, epochs: int | None = None) -> list[dict[str, Any]]:
    """The records of the first ``epochs`` epochs (all, if None); a line that a crash cut off ends them."""
    records: list[dict[str, Any]] = []
    try:
        for line in (folder / METRICS).read_text(encoding="utf-8", errors="replace").splitlines()[:epochs]:
            records.append(json.loads(line))
    except (OSError, ValueError):
        pass
    return records


def cut_history(folder: Path, snapshot: Snapshot) -> None:
    """Leave out what was written after ``snapshot``, before a crash."""
    for name, last in ((METRICS, None), (STEPS, snapshot.steps), (LAYERS, snapshot.steps)):
        path = folder / name
        if path.exists():
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
            kept = lines[: snapshot.epoch] if last is None else [line for line in lines if _step_of(line) <= last]
            if len(lines) > len(kept):
                write_atomic(path, "".join(kept))


def _step_of(line: str) -> float:
    """The number of the step in a line of ``steps.csv`` or ``layers.csv``; 0 for the header, infinity for a stump."""
    first = line.partition(",")[0]
    return float(first) if line.endswith("\n") and first.isdigit() else 0 if first == "step" else float("inf")
