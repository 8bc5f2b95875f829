"""What ``run.json`` says: written, read and checked; the network and the update rule in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import pellucid.losses  # noqa: F401  # the classes that a run names must be in memory
from pellucid import spec
from pellucid.data import Dataset
from pellucid.data.base.splits import PARTS
from pellucid.errors import ConfigError, PellucidError, RunError, describe
from pellucid.files import to_json, write_atomic
from pellucid.layer import Layer, Loss
from pellucid.optim import Clipping, Optimizer, Rule
from pellucid.own_files import read_own
from pellucid.regularize import Constraint, Penalty
from pellucid.runs.fingerprint import fingerprint
from pellucid.runs.json_object import parse_json
from pellucid.runs.layout import DESCRIPTION, FORMAT
from pellucid.train.batch import Batch
from pellucid.train.recipe import Recipe
from pellucid.trees import leaves, tree_map
from pellucid.types import Tree
from pellucid.version import __version__

LARGEST = 1 << 26
"""A description has at most so many bytes."""


class UpdateParts(NamedTuple):
    """How a run updates its weights. ``rule`` is None where ``optimizer``, its name, has no formula.

    ``mixup``, ``seed`` and ``batch_size`` as ``fit`` was given them.
    """

    optimizer: str
    rule: Rule | None
    penalty: Penalty | None = None
    clip: Clipping | None = None
    constraint: Constraint | None = None
    mixup: float | None = None
    seed: int = 0
    batch_size: int = 32


def write_description(folder: Path, description: Mapping[str, Any]) -> None:
    """Write ``run.json``, whole."""
    write_atomic(folder / DESCRIPTION, to_json({"pellucid_run": FORMAT, **description}, indent=2) + "\n")


def read_description(folder: Path) -> dict[str, Any]:
    """``run.json`` of a run folder. Raises RunError where it is missing, damaged or foreign."""
    path = folder / DESCRIPTION
    if not folder.is_dir():
        raise RunError(f"no run folder at {folder}: name the folder that 'pellucid train' printed")
    try:
        description = parse_json(read_own(path, LARGEST))
    except FileNotFoundError:
        raise RunError(f"{folder} has no {DESCRIPTION}: it is not a run folder of pellucid") from None
    except (OSError, ValueError) as error:
        raise RunError(f"{path} cannot be read ({error}): restore it or train again") from None
    if not isinstance(description, dict) or "pellucid_run" not in description:
        raise RunError(f"{path} was not written by pellucid: name a folder that 'pellucid train' printed")
    if description["pellucid_run"] != FORMAT:
        raise RunError(f"{path} has layout {description['pellucid_run']!r}, this pellucid reads {FORMAT}: update it")
    return description


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


def describe_data(dataset: Dataset) -> dict[str, Any]:
    """What ``run.json`` says of the data of a run that knows more of them than their shapes."""
    return {
        "name": dataset.name,
        "target": dataset.target,
        "classes": dataset.classes,
        "features": list(dataset.features),
        "rows": {part: len(getattr(dataset, part)) for part in PARTS},
        "fingerprint": fingerprint(dataset),
        "notes": list(dataset.notes),
    }


def _encoded_or_shown(optimizer: Optimizer) -> Any:
    """An optax transformation is made of functions, which no specification holds: its name has to do."""
    try:
        return spec.encode(optimizer)
    except ConfigError:
        return repr(optimizer)


def decode_network(description: Mapping[str, Any], folder: Path) -> tuple[Layer, Loss, Tree]:
    """Model, loss, and an example of the network's inputs: ones, (1, ...), for zeros may be hidden padding.

    Raises RunError for a description of no network.
    """
    try:
        model, loss = spec.decode(description["model"], Layer), spec.decode(description["loss"], Loss)
        if description["dtype"] not in ("float32", "float64"):
            raise ValueError(f"dtype {description['dtype']!r}")
        example = _example(description["inputs"], description["dtype"])
    except (KeyError, TypeError, ValueError) as error:
        why = describe(error)
        raise RunError(
            f"{folder / DESCRIPTION} does not describe a network ({why}): restore it or train again"
        ) from None
    return model, loss, example


def _example(inputs: Any, dtype: str) -> Tree:
    if isinstance(inputs, dict):
        return {name: _example(part, dtype) for name, part in inputs.items()}
    return np.ones((1, *map(int, inputs)), dtype=dtype)


def decode_update(description: Mapping[str, Any], folder: Path) -> UpdateParts:
    """The update rule, and what is done to gradients and weights around it. Raises RunError for what is none."""
    optimizer = description.get("optimizer")
    try:
        rule = spec.decode(optimizer, Rule) if isinstance(optimizer, Mapping) else None
        penalty = spec.decode(description["penalty"], Penalty) if "penalty" in description else None
        clip = spec.decode(description["clip"], Clipping) if "clip" in description else None
        constraint = spec.decode(description["constraint"], Constraint) if "constraint" in description else None
    except PellucidError as error:
        raise RunError(f"{folder / DESCRIPTION} does not describe a training ({error}): restore it") from None
    name = repr(rule) if rule else str(optimizer or "what it does not say")
    numbers = {name: description[name] for name in ("mixup", "seed", "batch_size") if name in description}
    return UpdateParts(name, rule, penalty, clip, constraint, **numbers)
