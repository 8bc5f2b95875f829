"""Reading a run folder back: the trained network in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

import pellucid.losses  # noqa: F401  # the classes that a run names must be in memory
from pellucid import ops, spec
from pellucid.errors import RunError, describe
from pellucid.layer import Layer, Loss
from pellucid.runs.folder import read_description, read_history
from pellucid.train.history import History
from pellucid.train.trained import Trained
from pellucid.types import Tree
from pellucid.weights import fill_tree, load_arrays


def load_run(folder: str | Path) -> Trained:
    """The trained network of a run folder, with the weights to use. Raises RunError for what is not one."""
    path = Path(folder)
    description = read_description(path)
    model, loss, example = _network(path, description)
    try:
        params, state = model.init(ops.key(0), example)
    except ValueError as error:
        raise RunError(f"{path}/run.json: the network does not fit its inputs ({error}): restore it") from None
    file = path / "weights.safetensors"
    weights = fill_tree({"params": params, "state": state}, load_arrays(file), str(file))
    return Trained(model, loss, weights["params"], weights["state"], History(read_history(path)))


def _network(path: Path, description: dict[str, Any]) -> tuple[Layer, Loss, Any]:
    """Model, loss, and an example of the network's inputs: ones."""
    try:
        model, loss = spec.decode(description["model"], Layer), spec.decode(description["loss"], Loss)
        if description["dtype"] not in ("float32", "float64"):
            raise ValueError(f"dtype {description['dtype']!r}")
        example = example_inputs(description["inputs"], description["dtype"])
    except (KeyError, TypeError, ValueError) as error:
        why = describe(error)
        raise RunError(f"{path}/run.json does not describe a network ({why}): restore it or train anew") from None
    return model, loss, example


def example_inputs(inputs: Any, dtype: str) -> Tree:
    """An example of the shapes ``inputs`` that ``run.json`` states: ones, for zeros may be hidden padding."""
    if isinstance(inputs, dict):
        return {name: example_inputs(part, dtype) for name, part in inputs.items()}
    return np.ones((1, *map(int, inputs)), dtype=dtype)
