"""One run, one folder: the specification, metrics, weights and checkpoint of a training, live and later.

::

    run.json                 what was asked and what came out: command, task, network, optimizer, seed, results
    weights.safetensors      the weights to use: the best ones, or the last
    checkpoint.safetensors   all that going on needs: last weights, optimizer slots, epoch
    metrics.jsonl            a line an epoch
    steps.csv                a line a step
    layers.csv               a line for every watched step, where layers are watched
    preprocessing.json       how inputs were prepared, where the command line prepared them
    preprocessing.safetensors  the matrices of that, where it has any
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import numpy as np

from pellucid import spec
from pellucid.errors import ConfigError, RunError
from pellucid.files import to_json, write_atomic
from pellucid.optim import Optimizer
from pellucid.runs.checkpoint import write_checkpoint
from pellucid.train.batch import Batch, Weights
from pellucid.train.history import layers_of
from pellucid.train.listener import Listener, Snapshot
from pellucid.train.recipe import Recipe
from pellucid.trees import leaves, tree_map
from pellucid.version import __version__
from pellucid.weights import save_arrays

FORMAT = 1
"""The version of the folder's layout, in ``run.json``."""
SECONDS_BETWEEN_WRITES = 2.0
"""How long epochs are gathered before they are written, so that short epochs do not wait for the disk."""


@dataclass
class RunFolder(Listener):
    """Writes a run as it goes. Every file is either the old one or the new one, whole, whenever the process ends."""

    path: Path
    description: dict[str, Any]
    files: dict[str, Any] = field(default_factory=dict)
    """More files by name, written when training starts: JSON, or where a name ends so, arrays as safetensors."""
    resume: bool = False
    """Whether to go on with the run in the folder; without it, a folder that holds a run is refused."""
    _unwritten: list[tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    _snapshot: Snapshot | None = None
    _written: float = 0.0

    def describe(self, **more: Any) -> None:
        """Add to ``run.json`` and write it."""
        self.description.update(more)
        content = {"pellucid_run": FORMAT, **self.description}
        write_atomic(self.path / "run.json", to_json(content, indent=2) + "\n")

    def started(self, epochs: int, examples: int, batch_size: int, engine: str, snapshot: Snapshot) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        self._claim()
        for name, content in self.files.items():
            if name.endswith(".safetensors"):
                save_arrays(self.path / name, content)
            else:
                write_atomic(self.path / name, to_json(content, indent=2) + "\n")
        self.describe(status="running", engine=engine)
        self._snapshot = snapshot
        self._write()  # at once, so that even a run broken off in its first epoch can be used and gone on with

    def epoch_ended(self, record: dict[str, Any], steps: dict[str, Any], snapshot: Snapshot) -> None:
        self._unwritten.append((record, steps))
        self._snapshot = snapshot
        if time.monotonic() - self._written > SECONDS_BETWEEN_WRITES:
            self._write()

    def ended(self, stopped: str) -> None:
        self._write()
        self.describe(status=stopped or "failed")

    def _claim(self) -> None:
        """Make ``run.json`` anew, so that no two trainings write to one folder, and none over another's run."""
        try:
            (self.path / "run.json").touch(exist_ok=self.resume)
        except FileExistsError:
            raise ConfigError(
                f"{self.path} holds a run already: go on with it (resume=True, --resume), or choose another folder"
            ) from None

    def _write_layers(self, first: int) -> None:
        for _, steps in self._unwritten:
            layers = layers_of(steps, first)
            first += len(steps["loss"])
            if layers:
                with self._append("layers.csv") as lines:
                    if lines.tell() == 0:
                        lines.write(",".join(layers) + "\n")
                    for step, *numbers in zip(*layers.values(), strict=True):
                        lines.write(",".join([str(step), *(f"{number:.6g}" for number in numbers)]) + "\n")

    def _append(self, name: str) -> IO[str]:
        return (self.path / name).open("a", encoding="utf-8")

    def _write(self) -> None:
        if self._snapshot is None:
            return
        first = self._snapshot.steps - sum(len(steps["loss"]) for _, steps in self._unwritten)
        self._write_layers(first + 1)
        with self._append("metrics.jsonl") as metrics, self._append("steps.csv") as lines:
            if lines.tell() == 0:
                lines.write("step,learning_rate,loss\n")
            for record, steps in self._unwritten:
                metrics.write(to_json(record) + "\n")
                for rate, loss in zip(steps["learning_rate"], steps["loss"], strict=True):
                    first += 1
                    lines.write(f"{first},{rate:.6g},{loss:.6g}\n")
        write_checkpoint(self.path, self._snapshot)  # last: what is written beyond it is cut off when going on
        save_weights(self.path, self._snapshot.kept)
        self._unwritten.clear()
        self._written = time.monotonic()


def save_weights(folder: Path, weights: Weights) -> None:
    """Write params and state of ``weights`` to the folder."""
    tree = {"params": weights.params, "state": weights.state}
    save_arrays(folder / "weights.safetensors", tree_map(np.asarray, tree))


def read_description(folder: Path) -> dict[str, Any]:
    """``run.json`` of a run folder. Raises RunError where it is missing, damaged or foreign."""
    path = folder / "run.json"
    if not folder.is_dir():
        raise RunError(f"no run folder at {folder}: name the folder that 'pellucid train' printed")
    try:
        description = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RunError(f"{folder} has no run.json: it is not a run folder of pellucid") from None
    except (OSError, ValueError) as error:
        raise RunError(f"{path} cannot be read ({error}): restore it or train anew") from None
    if not isinstance(description, dict) or "pellucid_run" not in description:
        raise RunError(f"{path} was not written by pellucid: name a folder that 'pellucid train' printed")
    if description["pellucid_run"] != FORMAT:
        raise RunError(f"{path} has layout {description['pellucid_run']!r}, this pellucid reads {FORMAT}: update it")
    return description


def cut_history(folder: Path, snapshot: Snapshot) -> None:
    """Leave out of the folder's metrics what was written after ``snapshot``, before a crash."""
    for name, last in (("metrics.jsonl", None), ("steps.csv", snapshot.steps), ("layers.csv", snapshot.steps)):
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


def read_history(folder: Path, epochs: int | None = None) -> list[dict[str, Any]]:
    """The records of the first ``epochs`` epochs (all, if None); a line that a crash cut off ends them."""
    records: list[dict[str, Any]] = []
    try:
        for line in (folder / "metrics.jsonl").read_text(encoding="utf-8", errors="replace").splitlines()[:epochs]:
            records.append(json.loads(line))
    except (OSError, ValueError):
        pass
    return records


def describe_training(recipe: Recipe, data: Batch, **more: Any) -> dict[str, Any]:
    """What ``run.json`` says of every run: the network, how it is trained, and what it takes."""
    return {
        "pellucid": __version__,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "model": spec.encode(recipe.model),
        "loss": spec.encode(recipe.loss),
        "optimizer": _encoded_or_shown(recipe.optimizer),
        **{
            part: spec.encode(getattr(recipe, part))
            for part in ("penalty", "clip", "constraint")
            if getattr(recipe, part) is not None
        },
        **({} if recipe.mixup is None else {"mixup": recipe.mixup}),
        "inputs": tree_map(lambda leaf: list(leaf.shape[1:]), data.x),
        "dtype": str(next(leaves(data.x)).dtype),
        **more,
    }


def _encoded_or_shown(optimizer: Optimizer) -> Any:
    """An optax transformation is made of functions, which no specification holds: its name has to do."""
    try:
        return spec.encode(optimizer)
    except ConfigError:
        return repr(optimizer)
