"""Run folders as a training writes them, without the training: for tests and benchmarks of what reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

MODEL = {
    "type": "Chain",
    "layers": [{"type": "Dense", "units": 4}, {"type": "Tanh"}, {"type": "Dense", "units": 3}],
}


def write_run(folder: Path, epochs: int = 3, steps_an_epoch: int = 5, layers: bool = True, **told: Any) -> Path:
    """A run folder with curves that fall; ``told`` is what ``run.json`` says beside or in place of the usual."""
    folder.mkdir(parents=True, exist_ok=True)
    steps = epochs * steps_an_epoch
    description = {
        "pellucid_run": 1,
        "pellucid": "0.0.1",
        "created": "2026-01-01T00:00:00+00:00",
        "command": "pellucid train iris",
        "model": MODEL,
        "loss": {"type": "SoftmaxCrossEntropy"},
        "optimizer": {"type": "Adam", "learning_rate": 0.01},
        "inputs": [4],
        "dtype": "float32",
        "task": "classification",
        "settings": {"data": "iris", "epochs": epochs, "hidden": [4], "optimizer": "adam", "seed": 0},
        "data": {"name": "iris", "fingerprint": "00c0ffee", "rows": {"train": 90, "validation": 30, "test": 30}},
        "status": "all epochs done",
        "engine": "numpy",
        "result": {"task": "classification", "seconds": 1.5, "test": {"loss": 0.1, "accuracy": 0.97}},
    }
    (folder / "run.json").write_text(json.dumps({**description, **told}))
    with (folder / "metrics.jsonl").open("w") as file:
        for epoch in range(1, epochs + 1):
            file.write(json.dumps(epoch_record(epoch)) + "\n")
    write_steps(folder / "steps.csv", steps)
    if layers:
        header = ["step", "dense_1/output_mean", "dense_1/output_std"]
        rows = [f"{step},{0.1 * step:.6g},{1 / step:.6g}" for step in range(1, steps + 1, 2)]
        (folder / "layers.csv").write_text("\n".join([",".join(header), *rows]) + "\n")
    events = [
        {"time": 1.0, "epoch": 0, "step": 0, "kind": "started"},
        {"time": 2.0, "epoch": epochs, "step": steps, "kind": "ended", "stopped": "all epochs done"},
    ]
    (folder / "events.jsonl").write_text("".join(json.dumps(event) + "\n" for event in events))
    (folder / "histograms.jsonl").write_text("".join(json.dumps(examination(e)) + "\n" for e in range(1, epochs + 1)))
    return folder


def epoch_record(epoch: int) -> dict[str, Any]:
    """A line of ``metrics.jsonl``."""
    return {
        "epoch": epoch,
        "learning_rate": 0.01,
        "train": {"loss": 1 / epoch, "accuracy": 1 - 0.5 / epoch},
        "validation": {"loss": 1.1 / epoch, "accuracy": 1 - 0.6 / epoch},
        "seconds": 0.1,
        "memory": 10**8,
        "processor": 0.9,
    }


def write_steps(path: Path, steps: int) -> None:
    """A ``steps.csv`` of so many steps."""
    numbers = np.arange(1, steps + 1)
    table = np.stack([numbers, np.full(steps, 0.01), 1 / np.sqrt(numbers)], axis=1)
    with path.open("w") as file:
        file.write("step,learning_rate,loss\n")
        np.savetxt(file, table, fmt=("%d", "%.6g", "%.6g"), delimiter=",")


def examination(epoch: int, bins: int = 32) -> dict[str, Any]:
    """A line of ``histograms.jsonl``."""
    names = ("dense_1/W/weight", "dense_1/W/gradient", "dense_1/output")
    histograms = {name: {"least": -1.0, "greatest": 1.0, "counts": [epoch] * bins} for name in names}
    return {
        "step": 5 * epoch,
        "epoch": epoch,
        "examples": 64,
        "histograms": histograms,
        "numbers": {"dense_1/dead": 0.25},
    }
