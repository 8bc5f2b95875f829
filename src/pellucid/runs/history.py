"""The numbers of a training in its folder: ``metrics.jsonl``, ``steps.csv`` and ``layers.csv``, which only grow."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pellucid.files import append_whole, to_json, write_atomic
from pellucid.runs.layout import LAYERS, METRICS, STEPS
from pellucid.train.history import layers_of
from pellucid.train.listener import Snapshot

Epoch = tuple[dict[str, Any], dict[str, Any]]
"""The record of an epoch, and the numbers of its steps: arrays (S,) by name."""


def append_history(folder: Path, epochs: Sequence[Epoch], first: int) -> None:
    """Append what happened in ``epochs``, the first step of which is number ``first``, counted from 1.

    Raises OSError, with nothing appended.
    """
    metrics, lines, layers = "", _header(folder, STEPS, ("step", "learning_rate", "loss")), ""
    for record, steps in epochs:
        layers += _layer_lines(folder, layers_of(steps, first), not layers)
        metrics += to_json(record) + "\n"
        for rate, loss in zip(steps["learning_rate"], steps["loss"], strict=True):
            lines += f"{first},{rate:.6g},{loss:.6g}\n"
            first += 1
    append_whole({folder / METRICS: metrics, folder / STEPS: lines, **({folder / LAYERS: layers} if layers else {})})


def _layer_lines(folder: Path, layers: dict[str, Any], begins: bool) -> str:
    lines = _header(folder, LAYERS, tuple(layers)) if layers and begins else ""
    for step, *numbers in zip(*layers.values(), strict=True):
        lines += ",".join([str(step), *(f"{number:.6g}" for number in numbers)]) + "\n"
    return lines


def _header(folder: Path, name: str, columns: tuple[str, ...]) -> str:
    """The first line of a file that has none yet."""
    path = folder / name
    return "" if path.exists() and path.stat().st_size else ",".join(columns) + "\n"


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
    first = line.partition(",")[0] if line.endswith("\n") else ""
    return float(first) if first.isdigit() else 0 if first == "step" else float("inf")
