"""Checks of the arguments of ``explain`` besides network and data: fixed arrays, names, the sample, slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np

from pellucid import validate
from pellucid.errors import ConfigError, ExplainError, ShapeError, UnknownNameError
from pellucid.optim import Rule
from pellucid.trees import flatten
from pellucid.types import Params


def fixed_paths(owner: str, fixed: Any, params: Params) -> tuple[str, ...]:
    """The paths of the arrays that stay; one path alone is as good as a list of one.

    Raises ConfigError for anything but paths, UnknownNameError for one that is not there.
    """
    paths: Sequence[Any] = (fixed,) if isinstance(fixed, str) else fixed
    if not isinstance(paths, Sequence) or not all(isinstance(path, str) for path in paths):
        raise ConfigError(f'{owner}: fixed must be paths of arrays, such as ("dense_1/b",), not {fixed!r}')
    arrays = flatten(params)
    for path in paths:
        if path not in arrays:
            raise UnknownNameError("path in fixed", path, list(arrays))
    return tuple(paths)


def checked_names(owner: str, names: Any) -> dict[str, str]:
    """The reader's names of numbers, by the numbers' own. Raises ConfigError where they are not text by text."""
    names = {} if names is None else names
    if not isinstance(names, Mapping):
        raise ConfigError(f'{owner}: names must be like {{"dense_1[0]": "h1"}}, not {names!r}')
    for number, name in names.items():
        if not isinstance(number, str) or not isinstance(name, str) or not name:
            raise ConfigError(f"{owner}: names has text for each number, not {number!r}: {name!r}")
    return dict(names)


def check_switches(owner: str, train: Any, seed: Any) -> None:
    """Raise ConfigError unless ``train`` is True or False, and ``seed`` a whole number."""
    validate.instance(owner, "train", train, bool)
    validate.whole(owner, "seed", seed)


def check_sample(owner: str, sample: Any, count: int) -> None:
    """Raise ExplainError unless ``sample`` is None or the number of one of ``count`` examples."""
    if sample is None:
        return
    validate.whole(owner, "sample", sample)
    if not 0 <= sample < count:
        has = "1 example, number 0" if count == 1 else f"{count} examples, counted from 0 to {count - 1}"
        raise ExplainError(f"sample {sample} is not there: x has {has}")


def check_slots(owner: str, rule: Rule, slots: Mapping[str, Any], params: Params, trees_alone: bool = False) -> None:
    """Raise unless each slot is of the rule, and a number for the one weight or a tree like ``params``.

    With ``trees_alone`` numbers are refused: many weights are meant. Raises ConfigError for what is neither,
    UnknownNameError for a slot or an array that is not there, ShapeError for an array of another shape.
    """
    called, arrays = type(rule).__name__, flatten(params)
    for slot, given in slots.items():
        if not rule.slots:
            raise ConfigError(f"{owner}: {called} remembers nothing: leave out slots")
        if slot not in rule.slots:
            raise UnknownNameError(f"slot of {called}", str(slot), rule.slots)
        if isinstance(given, Real) and not trees_alone:
            continue
        found = flatten(given) if isinstance(given, dict) else {}
        if not found and arrays:
            path = next(iter(arrays))
            number = "" if trees_alone else "a number for the weight, or "
            raise ConfigError(
                f"{owner}: slots: {slot} must be {number}a tree of arrays like params, with {path} of shape "
                f"{arrays[path].shape} and so on, not {given!r}"
            )
        for path, array in arrays.items():
            if path not in found:
                raise UnknownNameError("weight in slots", path, list(found))
            if np.shape(found[path]) != array.shape:
                raise ShapeError(
                    f"{owner}: slots: {slot} at {path} has shape {np.shape(found[path])}, its weights {array.shape}"
                )
