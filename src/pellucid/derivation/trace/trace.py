"""A network as its layers, with every number that goes between them, forward and back.

A *wire* is an array between layers. A *node* is a layer that is not made of layers, with the wires that go in and come
out. Combinators are wires alone: see ``decompositions.combinators``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from pellucid.errors import ExplainError
from pellucid.layer import Layer, Loss
from pellucid.trees import flatten, tree_map
from pellucid.types import Cache, Key, Params, State, Tree


@dataclass(eq=False)
class Wire:
    """An array between layers: its ``value``, the gradient of the loss by it, its producer and its consumers.

    ``of_examples`` says whether its first axis counts examples, as that of all does but for statistics of a batch.
    """

    name: str
    value: np.ndarray
    producer: Node | None = None
    of_examples: bool = True
    gradient: np.ndarray = field(init=False)
    consumers: list[Node] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gradient = np.zeros(self.value.shape)


@dataclass(eq=False)
class Node:
    """A layer applied once: ``x`` and ``y`` are trees of wires."""

    path: str
    layer: Layer
    params: Params
    x: Tree
    y: Tree
    cache: Cache
    dparams: Params = field(default_factory=dict)

    @cached_property
    def inputs(self) -> dict[str, Wire]:
        """The wires that go in, by their path in x ("" for a single array)."""
        return flatten(self.x)

    @cached_property
    def outputs(self) -> dict[str, Wire]:
        """The wires that come out, by their path in y."""
        return flatten(self.y)


@dataclass(eq=False)
class Trace:
    """One pass through a network and back, in float64 on NumPy: what every explanation reads."""

    model: Layer
    loss: Loss
    params: Params
    x: Tree
    target: Any
    nodes: list[Node]
    y: Tree
    share: np.ndarray
    values: np.ndarray

    @property
    def error(self) -> float:
        """The loss: the mean over the examples."""
        return float((self.share * self.values).sum())


class Tracer:
    """Runs layers forward, one at a time, and keeps what goes through them."""

    compares = True
    """Whether the decomposition of a layer is compared with the layer itself."""

    def __init__(self, train: bool) -> None:
        self.train = train
        self.nodes: list[Node] = []

    def run(
        self,
        layer: Layer,
        params: Params,
        state: State,
        x: Tree,
        path: str,
        key: Key | None,
        *,
        name: str = "",
        of_examples: bool = True,
    ) -> Tree:
        """The wires that come out of ``layer``, whose weights are at ``path``; they have that name, or another."""
        values = tree_map(lambda wire: wire.value, x)
        with _note_layer(path, layer, "forward"):
            y, cache, _ = layer.forward(params, state, values, key, self.train)
        node = Node(path, layer, params, x, None, cache)
        node.y = _wires(y, name or path or "y", node, of_examples)
        for wire in node.inputs.values():
            wire.consumers.append(node)
        self.nodes.append(node)
        return node.y

    def back(self) -> None:
        """Gradients of all wires and params, from those of the outputs."""
        for node in reversed(self.nodes):
            dy = tree_map(lambda wire: wire.gradient, node.y)
            with _note_layer(node.path, node.layer, "backward"):
                node.dparams, dx = node.layer.backward(node.params, node.cache, dy)
            _require_shapes(node, flatten(dx))
            for path, gradient in flatten(dx).items():
                wire = node.inputs[path]
                wire.gradient = wire.gradient + gradient


@contextmanager
def _note_layer(path: str, layer: Layer, what: str) -> Iterator[None]:
    """Mark an error with the layer that it comes from."""
    try:
        yield
    except Exception as error:
        error.add_note(f"in the {what} of {path or 'the model'}: {layer!r}")
        raise


def _require_shapes(node: Node, dx: dict[str, np.ndarray]) -> None:
    """Raise ExplainError unless every weight has a gradient, and each gradient is shaped like what it is of."""
    weights, slopes = flatten(node.params), flatten(node.dparams)
    inputs = {path: wire.value for path, wire in node.inputs.items() if path in dx}
    for branch, arrays, given in (("", weights, slopes), ("x", inputs, dx)):
        for path, array in arrays.items():
            if path not in given or np.shape(given[path]) != np.shape(array):
                what = "/".join(part for part in (branch, path) if part)
                has = f"one of shape {np.shape(given[path])}" if path in given else "none"
                raise ExplainError(
                    f"the backward of {node.path or 'the model'} ({node.layer!r}) gives {has} as gradient by {what}, "
                    f"whose shape is {np.shape(array)}: mend it"
                )


def _wires(values: Tree, name: str, producer: Node | None, of_examples: bool = True) -> Tree:
    """A wire for each array of a tree, named by its path."""
    paths = iter(flatten(values))

    def wire(value: np.ndarray) -> Wire:
        path = next(paths)
        return Wire(f"{name}/{path}" if path else name, value, producer, of_examples)

    return tree_map(wire, values)


def input_wires(x: Tree) -> Tree:
    """The wires at which a network begins, named "x"."""
    return _wires(x, "x", None)


def constant_wires(values: Tree, name: str, of_examples: bool = True) -> Tree:
    """Wires without a producer, constant in a step, such as the state of a layer."""
    return _wires(values, name, None, of_examples)
