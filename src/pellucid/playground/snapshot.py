"""A network's progress as JSON, at full precision, and back, checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pellucid.errors import DataError
from pellucid.playground.network import Network
from pellucid.playground.training import Progress
from pellucid.train.batch import Weights
from pellucid.trees import flatten, replace_leaves
from pellucid.types import Tree

Count = Annotated[int, Field(ge=0, lt=2**53)]


class Stored(BaseModel):
    """A network as it was: whole ``epoch``s, steps of the epoch that had begun (``done``), all steps, and arrays by
    path as lists.
    """

    model_config = ConfigDict(extra="forbid", strict=True)
    epoch: Count
    step: Count
    done: Count = 0
    params: dict[str, Any]
    slots: dict[str, Any] = {}


def stored(progress: Progress) -> dict[str, Any]:
    """What a snapshot has of one network."""
    weights, epoch, done, step = progress
    return {
        "epoch": epoch,
        "step": step,
        "done": done,
        "params": _lists(weights.params),
        "slots": _lists(weights.slots),
    }


def restored(network: Network, given: Mapping[str, Any]) -> Progress:
    """The progress that ``stored`` gave. Raises DataError for one that this network cannot have."""
    try:
        found = Stored.model_validate(given)
    except ValidationError as invalid:
        error = invalid.errors()[0]
        raise DataError(f"the network cannot be restored: {'.'.join(map(str, error['loc']))}: {error['msg']}") from None
    if found.done >= network.steps_an_epoch or found.step < found.done:
        raise DataError(f"the network cannot be restored: {found.done} steps of an epoch of {network.steps_an_epoch}")
    first = network.first_weights
    params = _fill("params", first.params, found.params)
    slots = _fill("slots", first.slots, found.slots) if found.slots else first.slots
    return Progress(Weights(params, first.state, slots), found.epoch, found.done, found.step)


def _lists(tree: Tree) -> dict[str, Any]:
    return {path: array.tolist() for path, array in flatten(tree).items()}


def _fill(part: str, tree: Tree, lists: Mapping[str, Any]) -> Tree:
    wanted = flatten(tree)
    if set(lists) != set(wanted):
        raise DataError(f"the network cannot be restored: its {part} are {', '.join(wanted)}, nothing else")
    return replace_leaves(tree, {path: _array(path, lists[path], like.shape) for path, like in wanted.items()})


def _array(path: str, given: Any, shape: tuple[int, ...]) -> np.ndarray:
    try:
        array = np.array(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        array = np.empty(0)
    if array.shape != shape or not np.isfinite(array).all():
        raise DataError(f"the network cannot be restored: {path} is not finite numbers of the shape {list(shape)}")
    return array
