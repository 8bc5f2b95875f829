"""What lies between a number of the network and the loss: the units and weights that light up, forward and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pellucid.playground.questions.place import Place
from pellucid.playground.questions.subject import Subject
from pellucid.trees import flatten
from pellucid.types import Array


def lights(subject: Subject, place: Place) -> list[dict[str, Any]]:
    """The lights of the number at ``place``, in the form of docs/playground-protocol.md."""
    lit = list(_lit(subject, place))
    outputs, weights = _forward(subject)
    deltas, gradients = _backward(subject)
    forward = [_light(path, index, "forward", outputs, weights) for path, index in lit]
    return forward + [_light(path, index, "backward", deltas, gradients) for path, index in reversed(lit)]


def _light(path: str, index: tuple[int, ...], kind: str, units: dict[str, Array], weights: dict[str, Array]) -> Any:
    value = float((weights if path in weights else units)[path][index])
    return {"path": path, "index": list(index), "kind": kind, "value": value}


def _lit(subject: Subject, place: Place) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The places on the way, from the inputs on: each unit once, before the weights that go out of it."""
    layers = subject.layers
    flat = subject.flat()
    if place.kind == "weight":
        yield from _source(subject, place)
        yield f"{layers[place.layer].path}/{place.leaf}", place.index
    reached: tuple[int, ...] = (place.index[-1],)
    if place.kind != "input":
        yield layers[place.layer].path, reached
    else:
        yield "x", reached
    for layer in layers[place.layer + 1 :]:
        array = flat[f"{layer.path}/W"]
        yield from ((f"{layer.path}/W", index) for index in np.ndindex(array.shape) if index[0] in reached)
        reached = tuple(range(array.shape[-1]))
        yield from ((layer.path, (unit,)) for unit in reached)


def _source(subject: Subject, place: Place) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The input that a weight is multiplied with; a bias has none."""
    if place.leaf == "W":
        before = subject.layers[place.layer - 1].path if place.layer else "x"
        yield before, (place.index[0],)


def _forward(subject: Subject) -> tuple[dict[str, Array], dict[str, Array]]:
    """What units put out, the mean over the examples, and the weights."""
    outputs = {layer.path: subject.taps[layer.output]["y"].mean(axis=0) for layer in subject.layers}
    return {"x": subject.x.mean(axis=0), **outputs}, subject.flat()


def _backward(subject: Subject) -> tuple[dict[str, Array], dict[str, Array]]:
    """The gradients by pre-activations, summed over the examples, and by weights."""
    taps, layers = subject.taps, subject.layers
    deltas = {layer.path: taps[layer.path]["dy"].sum(axis=0) for layer in layers}
    gradients = {f"{layer.path}/{name}": leaf for layer in layers for name, leaf in _leaves(taps[layer.path])}
    return {"x": taps[layers[0].path]["dx"].sum(axis=0), **deltas}, gradients


def _leaves(tap: dict[str, Any]) -> Iterator[tuple[str, Array]]:
    yield from flatten(tap["dparams"]).items()
