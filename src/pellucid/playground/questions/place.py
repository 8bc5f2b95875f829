"""Where in the network a number is that a question names: ``dense_1/W[0, 1]``, ``dense_1[0]``, ``x[1]``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pellucid.errors import ExplainError, UnknownNameError
from pellucid.playground.questions.subject import Subject

FORM = re.compile(r"([A-Za-z_0-9/]{1,80})\[(\d{1,6}(?:, ?\d{1,6}){0,3})\]")


@dataclass(frozen=True)
class Place:
    """One number. ``layer`` is the number of its layer with weights, -1 of an input; ``leaf`` is W or b of a weight."""

    name: str
    kind: Literal["weight", "unit", "input"]
    layer: int
    leaf: str
    index: tuple[int, ...]


def find_place(subject: Subject, name: str | None) -> Place:
    """The number of that name; None: the first output's pre-activation.

    Of several examples a unit or an input has as many numbers: the unit's bias stands for it, whose gradient is their
    sum. Raises ExplainError for a name that is none or a place that is not there, and for an input of several
    examples, UnknownNameError for a path that is not there.
    """
    last = len(subject.layers) - 1
    if name is None:
        name = f"{subject.layers[last].path}[0]"
    match = FORM.fullmatch(name)
    if match is None:
        raise ExplainError(f"{name!r} names no number: write a weight as dense_1/W[0, 1], a unit as dense_1[0]")
    path, index = match[1], tuple(int(part) for part in match[2].split(","))
    place = _locate(subject, name, path, index)
    if subject.examples == 1 or place.kind == "weight":
        return place
    if place.kind == "input":
        raise ExplainError(f"{name!r} differs from example to example: choose one")
    layer = subject.layers[place.layer].path
    leaf = subject.flat()[f"{layer}/b"]
    bias = (0,) * (leaf.ndim - 1) + place.index  # of a maxout unit the first piece
    return Place(f"{layer}/b{list(bias)}", "weight", place.layer, "b", bias)


def _locate(subject: Subject, name: str, path: str, index: tuple[int, ...]) -> Place:
    flat = subject.flat()
    if path == "x":
        return Place(name, "input", -1, "", _within(name, index, subject.x.shape[1:]))
    for number, layer in enumerate(subject.layers):
        if path in (f"{layer.path}/W", f"{layer.path}/b"):
            return Place(name, "weight", number, path[-1], _within(name, index, flat[path].shape))
        if path in (layer.path, *(follower for follower, _ in layer.followers)):
            shape = subject.taps[path]["y"].shape[1:]
            return Place(name, "unit", number, "", _within(name, index, shape))
    known = [*flat, *(layer.path for layer in subject.layers), "x"]
    raise UnknownNameError("number of the network", path, known)


def _within(name: str, index: tuple[int, ...], shape: tuple[int, ...]) -> tuple[int, ...]:
    if len(index) != len(shape) or any(at >= size for at, size in zip(index, shape, strict=False)):
        raise ExplainError(f"{name!r}: that place is not there, the array has shape {shape}")
    return index
