"""The arrays of a run: the weights to use, and the checkpoint, all that going on with the training needs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.errors import RunError
from pellucid.own_files import read_own
from pellucid.runs.layout import CHECKPOINT, WEIGHTS
from pellucid.train.batch import Weights
from pellucid.train.snapshot import Snapshot
from pellucid.trees import tree_map
from pellucid.types import Params, State
from pellucid.weights import fill_tree, load_arrays, load_metadata, save_arrays


def write_weights(folder: Path, weights: Weights) -> None:
    """Write params and state of ``weights``, those to use."""
    tree = {"params": weights.params, "state": weights.state}
    save_arrays(folder / WEIGHTS, tree_map(np.asarray, tree))


def read_weights(folder: Path, params: Params, state: State) -> tuple[Params, State]:
    """The weights to use, for a network whose fresh ones are ``params`` and ``state``. Raises RunError."""
    path = folder / WEIGHTS
    tree = fill_tree({"params": params, "state": state}, load_arrays(path, read_own), str(path))
    return tree["params"], tree["state"]


def write_checkpoint(folder: Path, snapshot: Snapshot) -> None:
    """Write all that going on from ``snapshot`` needs."""
    tree = {"last": snapshot.weights._asdict(), "best": None if snapshot.best is None else snapshot.best._asdict()}
    counts = {
        "epoch": snapshot.epoch,
        "steps": snapshot.steps,
        "best_epoch": snapshot.best_epoch,
        "best_value": snapshot.best_value,
        "rate_factor": snapshot.rate_factor,
        "epochs_changed": snapshot.epochs_changed,
    }
    save_arrays(folder / CHECKPOINT, tree_map(np.asarray, tree), {"counts": json.dumps(counts)})


def read_checkpoint(folder: Path, like: Weights) -> Snapshot:
    """The snapshot in the folder, for a network and optimizer whose fresh weights are ``like``. Raises RunError."""
    path = folder / CHECKPOINT
    if folder.is_dir() and not path.exists():
        raise RunError(
            f"{folder} has no checkpoint: its training was ended before the first; train into it without resume"
        )
    arrays = load_arrays(path, read_own)
    counts = load_metadata(path, "counts")
    epoch, steps, best_epoch, best_value = _counts(counts, str(path))
    factor, changed = _changed(counts, str(path))

    def filled(part: str) -> Weights:
        found = {name.removeprefix(f"{part}/"): a for name, a in arrays.items() if name.startswith(f"{part}/")}
        return Weights(**fill_tree(like._asdict(), found, str(path)))

    best = None if best_value is None else filled("best")
    return Snapshot(filled("last"), epoch, steps, best, best_epoch, best_value, factor, changed)


def _counts(counts: Any, source: str) -> tuple[int, int, int, float | None]:
    """Epoch, steps, best epoch and best value as a checkpoint states them. Raises RunError for what cannot be."""
    try:
        numbers = [counts[name] for name in ("epoch", "steps", "best_epoch")]
        best_value = counts["best_value"]
    except (KeyError, TypeError) as error:
        raise RunError(f"{source} is not a checkpoint of pellucid ({error}): train again") from None
    whole = all(type(number) is int and 0 <= number < 2**31 for number in numbers)
    if not whole or numbers[2] > numbers[0] or not (best_value is None or type(best_value) in (int, float)):
        raise RunError(f"{source} states counts that cannot be, {counts!r}: train again")
    return numbers[0], numbers[1], numbers[2], best_value


def _changed(counts: dict[str, Any], source: str) -> tuple[float, tuple[int, int] | None]:
    """The factor of the learning rate and the change of epochs, none in a checkpoint that is older than they."""
    factor, changed = counts.get("rate_factor", 1.0), counts.get("epochs_changed")
    pair = isinstance(changed, list) and len(changed) == 2 and all(type(n) is int and n > 0 for n in changed)
    if type(factor) not in (int, float) or not 0 < factor < float("inf") or not (changed is None or pair):
        raise RunError(f"{source} states changes that cannot be, {counts!r}: train again")
    return float(factor), None if changed is None else (changed[0], changed[1])
