"""From a name such as ``dense_1/W[0, 1]`` to the number of the network that it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from pellucid.derivation.algebra.gradient_name import number_name
from pellucid.derivation.rules import Entry, Index
from pellucid.derivation.trace.names import Names
from pellucid.derivation.trace.trace import Node, Trace, Wire
from pellucid.errors import ExplainError, UnknownNameError
from pellucid.layers import Embedding
from pellucid.trees import flatten

Weight: TypeAlias = tuple[list[Node], str, Index]
"""All nodes that use the weight, its path within them, and its place."""


def find_target(trace: Trace, names: Names, weight: str) -> Entry | Weight:
    """The number that ``weight`` names: one on a wire; or a weight, with all the nodes that use it."""
    original = {shown: name for name, shown in names.given.items()}.get(weight, weight)
    found = _locate(weights_of(trace), wires_of(trace), names.examples, weight, original)
    return _require_differentiable(weight, found) if isinstance(found, Entry) else found


def names_for(trace: Trace, given: Mapping[str, str]) -> Names:
    """The reader's names for the numbers of a network, however the reader spaced their places.

    Raises ExplainError for a place that is not there. What is no array of the network may be one inside a layer or the
    loss: the derivation will find out.
    """
    plain, own = Names(len(trace.values)), dict[str, str]()
    weights, wires = weights_of(trace), wires_of(trace)
    for name in given:
        if name.split("[")[0].strip() in (weights.keys() | wires.keys()):
            found = _locate(weights, wires, plain.examples, name, name)
            own[name] = _name(plain, found)
    names = Names(plain.examples, {own.get(name, name): shown for name, shown in given.items()})
    names.register(own.values())
    return names


def _name(names: Names, number: Entry | Weight) -> str:
    if isinstance(number, Entry):
        return names.entry(number.wire, number.index)
    (node, *_), path, index = number
    return names.weight(node, path, index)


def _locate(
    weights: dict[str, tuple[list[Node], str]], wires: dict[str, Wire], examples: int, weight: str, original: str
) -> Entry | Weight:
    """The number that the network calls ``original``, and the reader ``weight``."""
    path, index = _parse(weight, original)
    if path in weights:
        users, leaf = weights[path]
        return users, leaf, _check_index(weight, index, flatten(users[0].params)[leaf].shape)
    if path in wires:
        shape = wires[path].value.shape
        if examples == shape[0] == 1 and len(index) != len(shape):  # the only example need not be named
            index = (0, *_check_index(weight, index, shape[1:]))
        return Entry(wires[path], _check_index(weight, index, shape))
    if path.split("/")[0] == "target":
        raise ExplainError(f"{weight!r}: a target is not differentiated: ask for a weight, an input or an output")
    if parts := [name for name in wires if name.startswith(f"{path}/")]:
        raise ExplainError(
            f"{weight!r}: {path} is made of {', '.join(parts)}: say which, as in {parts[0]}{original[len(path) :]}"
        )
    raise UnknownNameError("weight", path, [*weights, *wires])


def clean_name(weight: str) -> str:
    """What a reader typed, without the spaces around it, and without "the gradient by" before it."""
    return number_name(weight.strip()).strip()


def _parse(weight: str, original: str) -> tuple[str, Index]:
    """The path and the places of a name. Raises ExplainError for what is none, and says what is wrong with it."""
    path, bracket, places = (part.strip() for part in original.partition("["))
    form = "write a weight as dense_1/W[0, 1], an input as x[0]"
    if not path or "]" in path:
        raise ExplainError(f"{weight!r} names no number: {form}")
    if bracket and (not places.endswith("]") or "]" in places[:-1]):
        raise ExplainError(f"{weight!r} needs one bracket, closed, at its end: {form}")
    inside = places.removesuffix("]").split(",") if places.removesuffix("]").strip() else []
    for place in inside:
        if re.fullmatch(r"\s*-?\d{1,18}\s*", place) is None:  # no array has more places
            raise ExplainError(
                f"{weight!r} names no number: its place {place.strip()[:40]!r} is no whole number; {form}"
            )
    return path, tuple(map(int, inside))


def leaf_of(subject: Weight) -> str:
    """The path of the weight's array in the network's params."""
    (node, *_), path, _ = subject
    return f"{node.path}/{path}" if node.path else path


def weights_of(trace: Trace) -> dict[str, tuple[list[Node], str]]:
    """Every array of weights by its path: the nodes that use it, and its path within them."""
    weights: dict[str, tuple[list[Node], str]] = {}
    for node in trace.nodes:
        for leaf in flatten(node.params):
            users, _ = weights.setdefault(f"{node.path}/{leaf}" if node.path else leaf, ([], leaf))
            users.append(node)
    return weights


def wires_of(trace: Trace) -> dict[str, Wire]:
    """Those at which the network begins, and all that its layers make, by name."""
    made = (wire for node in trace.nodes for wire in node.outputs.values())
    return {wire.name: wire for wire in (*flatten(trace.x).values(), *made)}


def _check_index(weight: str, index: Index, shape: tuple[int, ...]) -> Index:
    if len(index) != len(shape):
        wanted = ", ".join("0" for _ in shape)
        raise ExplainError(
            f"{weight!r} gives {len(index)} of the places that an array of shape {shape} has: write one for each axis, "
            f"as in {weight.split('[')[0]}[{wanted}]"
        )
    for axis, (at, size) in enumerate(zip(index, shape, strict=True)):
        if not 0 <= at < size:
            raise ExplainError(
                f"{weight!r}: place {at} on axis {axis} is not there: the array has shape {shape}, "
                f"so count from 0 to {size - 1}"
            )
    return index


def _require_differentiable(weight: str, entry: Entry) -> Entry:
    """The entry, unless it is a whole number, which cannot change a little."""
    chooser = next((node for node in entry.wire.consumers if isinstance(node.layer, Embedding)), None)
    if chooser is not None:
        row = f"{chooser.path}/W[{entry.value:g}, 0]" if chooser.path else f"W[{entry.value:g}, 0]"
        raise ExplainError(
            f"{weight!r} has no gradient: it is an index, {entry.value:g}, that chooses a row of {chooser.layer!r} "
            f"and cannot change a little; ask for a weight of that row, {row}"
        )
    if entry.wire.value.dtype.kind in "biu":
        raise ExplainError(
            f"{weight!r} has no gradient: it is a whole number, {entry.value:g}, which cannot change a little; "
            "give x as floating-point numbers where it stands for an amount"
        )
    return entry
