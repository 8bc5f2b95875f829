"""What the conformance suite is run over: a layer or a loss with an example to try it on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from pellucid import ops, validate
from pellucid.check import oracles
from pellucid.errors import ConfigError
from pellucid.layer import Layer, Loss
from pellucid.shape_inference import first_weights
from pellucid.trees import count_examples, flatten, times_share, tree_map
from pellucid.types import Array, Tree

MODES = {"use": False, "train": True}
"""The two ways a layer runs, and what ``train`` is in each."""


@dataclass(frozen=True, eq=False)
class Case(ABC):
    """A layer or loss as a pure function of one tree of inputs, with a scalar whose gradient it claims to know.

    What costs time, such as the outputs on each engine and the automatic gradient, is computed once and kept.
    """

    subject: Any

    @abstractmethod
    def draw(self, seed: int = 0, batch: int | None = None) -> Tree:
        """Inputs in float64, other ones for every seed; ``batch`` leaves only so many examples."""

    @abstractmethod
    def run(self, inputs: Tree) -> Tree:
        """Everything that the subject makes of the inputs."""

    @abstractmethod
    def value(self, inputs: Tree) -> Array:
        """A scalar that depends on all outputs."""

    @abstractmethod
    def gradient(self, inputs: Tree, outputs: Tree) -> dict[str, Array]:
        """The gradient of ``value`` by every leaf of the inputs that has one, by path, as the subject gives it."""

    @abstractmethod
    def differentiable(self, path: str) -> bool:
        """Whether ``gradient`` is to have an entry for this (floating) leaf of the inputs."""

    @cached_property
    def inputs(self) -> Tree:
        """The example; its arrays cannot be written to."""
        return tree_map(_read_only, self.draw())

    @cached_property
    def on_numpy(self) -> Tree:
        """The outputs for the example, on NumPy."""
        return self.run(self.inputs)

    @cached_property
    def on_jax(self) -> Tree:
        """The outputs for the example, compiled by JAX, as NumPy arrays."""
        return in_jax(self.run, self.inputs)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The leaves of the inputs that have a gradient."""
        return tuple(
            path for path, leaf in flatten(self.inputs).items() if floating(leaf) and self.differentiable(path)
        )

    @cached_property
    def automatic(self) -> dict[str, Array]:
        """The gradient of ``value`` at the example by automatic differentiation."""
        return oracles.automatic(self.value, self.paths)(self.inputs)


@dataclass(frozen=True, eq=False)
class LayerCase(Case):
    """A layer (or combinator) and its inputs: ``LayerCase(Dense(3), x=(5, 4))``. A cell goes in a ``Recurrent``.

    ``x`` is a shape, batch first, to be filled with normal numbers; or arrays; or a tree of either. Weights are those
    of ``init`` with a little noise, so that a bias of 0 or a gain of 1 hides no fault. ``fewest`` is how many examples
    the layer needs in training: batch normalisation 2.
    """

    subject: Layer
    x: Tree
    fewest: int = 1

    def __post_init__(self) -> None:
        validate.instance(self, "subject", self.subject, Layer)
        _check_sizes(self, "x", self.x)

    def draw(self, seed: int = 0, batch: int | None = None) -> Tree:
        rng = np.random.default_rng(seed)
        count = None if batch is None else max(batch, self.fewest)
        x = _filled(self.x, rng, seed, count)
        params, state = first_weights(self.subject, ops.key(seed), x)
        params = tree_map(lambda leaf: leaf + 0.1 * rng.standard_normal(leaf.shape), params)
        key = ops.key(seed + 1) if self.subject.is_random() else None
        y, _, state = self.subject.forward(params, state, x, key, True)
        dy = tree_map(lambda leaf: rng.standard_normal(leaf.shape), y)
        return {mode: {"params": params, "state": state, "x": x, "key": key, "dy": dy} for mode in MODES}

    def run(self, inputs: Tree) -> Tree:
        return {mode: self.run_once(inputs[mode], train) for mode, train in MODES.items()}

    def run_once(self, inputs: Tree, train: bool) -> Tree:
        """Forward and backward in one mode."""
        params = inputs["params"]
        y, cache, state = self.subject.forward(params, inputs["state"], inputs["x"], inputs["key"], train)
        dparams, dx = self.subject.backward(params, cache, inputs["dy"])
        return {"y": y, "cache": cache, "state": state, "dparams": dparams, "dx": dx}

    def value(self, inputs: Tree) -> Array:
        """``sum y dy``, whose gradient is what backward gives for dy."""
        total: Array = 0.0
        for mode, train in MODES.items():
            params, state, x, key, dy = (inputs[mode][name] for name in ("params", "state", "x", "key", "dy"))
            y, _, _ = self.subject.forward(params, state, x, key, train)
            total = sum(((flatten(y)[path] * part).sum() for path, part in flatten(dy).items()), total)
        return total

    def gradient(self, inputs: Tree, outputs: Tree) -> dict[str, Array]:
        whole = {path for path, leaf in flatten(inputs).items() if not floating(leaf)}
        given = flatten({mode: {"params": outputs[mode]["dparams"], "x": outputs[mode]["dx"]} for mode in MODES})
        return {path: leaf for path, leaf in given.items() if path not in whole}

    def differentiable(self, path: str) -> bool:
        return path.split("/")[1] in ("params", "x")

    def __str__(self) -> str:
        return f"{self.subject!r} x {_shapes(self.x)}"


@dataclass(frozen=True, eq=False)
class LossCase(Case):
    """A loss, outputs and targets: ``LossCase(SoftmaxCrossEntropy(), y=(3, 4), target=np.array([0, 3, 1]))``.

    ``y`` and ``target`` are shapes to be filled with normal numbers, or arrays; or trees of either. The target is None
    for a loss that uses none.
    """

    subject: Loss
    y: Tree
    target: Tree = None

    def __post_init__(self) -> None:
        _check_sizes(self, "y", self.y)
        if self.target is not None:
            _check_sizes(self, "target", self.target)

    def draw(self, seed: int = 0, batch: int | None = None) -> Tree:
        rng = np.random.default_rng(seed)
        y = _filled(self.y, rng, seed, batch)
        target = None if self.target is None else _filled(self.target, rng, seed, batch)
        return {"y": y, "target": target, "share": rng.standard_normal(count_examples(y))}

    def run(self, inputs: Tree) -> Tree:
        y, target = inputs["y"], inputs["target"]
        value, gradient = self.subject.value(y, target), self.subject.gradient(y, target)
        return {"value": value, "gradient": gradient, "predict": self.subject.predict(y)}

    def value(self, inputs: Tree) -> Array:
        """``sum_i share_i value_i``, with shares at random, so that no example can stand in for another."""
        return (inputs["share"] * self.subject.value(inputs["y"], inputs["target"])).sum()

    def gradient(self, inputs: Tree, outputs: Tree) -> dict[str, Array]:
        return flatten({"y": times_share(outputs["gradient"], inputs["share"])})

    def differentiable(self, path: str) -> bool:
        return path.split("/")[0] == "y"

    def __str__(self) -> str:
        target = "" if self.target is None else f" target {_shapes(self.target)}"
        return f"{self.subject!r} y {_shapes(self.y)}{target}"


def floating(leaf: Array) -> bool:
    """Whether the numbers of an array are not whole."""
    return bool(np.issubdtype(leaf.dtype, np.floating))


def in_jax(function: Callable[[Tree], Tree], tree: Tree) -> Tree:
    """``function(tree)`` compiled by JAX in float64, as NumPy arrays."""
    import jax

    with jax.enable_x64(True):
        return tree_map(np.asarray, jax.jit(function)(tree))


def _is_shape(given: Any) -> bool:
    return isinstance(given, tuple) and all(isinstance(n, int) for n in given)


def _map(function: Callable[[Any], Any], given: Any) -> Any:
    """The tree of ``function(shape or array)``: unlike in ``tree_map``, a tuple of whole numbers is a leaf."""
    if isinstance(given, dict):
        return {name: _map(function, part) for name, part in given.items()}
    if isinstance(given, (tuple, list)) and not _is_shape(given):
        parts = [_map(function, part) for part in given]
        return type(given)(*parts) if hasattr(given, "_fields") else type(given)(parts)
    return function(given)


def _shape(given: Any) -> tuple[int, ...]:
    return given if _is_shape(given) else np.shape(given)


def _check_sizes(case: Case, field: str, given: Any) -> None:
    """Raise ConfigError for a shape or array without examples or without numbers: nothing could fail on it."""

    def check(leaf: Any) -> None:
        shape = _shape(leaf)
        if not shape or min(shape) < 1:
            raise ConfigError(
                f"{type(case).__name__}: {field} must have an axis of examples and no size below 1, "
                f"not the shape {shape}"
            )

    _map(check, given)


def _filled(given: Any, rng: np.random.Generator, seed: int, count: int | None) -> Tree:
    """Normal numbers in place of shapes; arrays as they are, but with their examples turned round by ``seed``; of each
    the first ``count`` examples.
    """

    def fill(leaf: Any) -> Array:
        if _is_shape(leaf):
            return rng.standard_normal(leaf)[:count]
        array = np.asarray(leaf)
        return np.roll(array.astype(np.float64) if floating(array) else array, seed, axis=0)[:count]

    return _map(fill, given)


def _shapes(given: Any) -> str:
    return str(_map(_shape, given)).replace(" ", "")


def _read_only(leaf: Array) -> Array:
    leaf = leaf.copy()
    leaf.flags.writeable = False
    return leaf
