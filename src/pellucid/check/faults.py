"""Where a wrong gradient comes from: every layer, and the loss, checked by itself.

What is wrong in one layer's dx shows in the gradients of all layers before it. So each layer is given the x that
reaches it and a dy at random, and its own backward is held against both oracles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from pellucid.check.gradient_report import Fault
from pellucid.check.leaf_check import LeafCheck
from pellucid.check.problem import Point, Problem
from pellucid.combinators import Chain, Combinator, record
from pellucid.layer import Layer, Loss
from pellucid.trees import join_path
from pellucid.types import Array, Params, State, Tree


def find_faults(check: LeafCheck) -> tuple[Fault, ...]:
    """The layers, in order, and the loss whose own gradient is wrong at the point of ``check``."""
    problem, tree = check.here.problem, check.here.tree
    found: list[Fault] = []
    seen = record(problem.model, tree["params"], tree["state"], tree["x"], key=tree["key"], train=problem.train)
    for path, layer, params, state in _layers(problem.model, tree["params"], tree["state"], ""):
        x, y = seen[path]["x"], seen[path]["y"]
        if isinstance(y, (dict, tuple, list)):
            continue
        dy = np.random.default_rng(check.seed).standard_normal(y.shape)
        parts = {**tree, "params": params, "state": state, "x": x, "target": dy, "share": np.ones(len(y))}
        found.append(Fault(path, repr(layer), _wrong(check, layer, _Product(), parts)))
    y, _, _ = problem.model.forward(tree["params"], tree["state"], tree["x"], tree["key"], problem.train)
    parts = {**tree, "params": {}, "state": {}, "x": y}
    if _wrong(check, Chain(), problem.loss, parts):
        found.append(Fault("loss", repr(problem.loss), ("y",)))
    return tuple(fault for fault in found if fault.wrong)


class _Product(Loss):
    """``E = sum_k y_k target_k``, whose gradient by y is the target: so backward is given the target as its dy."""

    def value(self, y: Array, target: Array) -> Array:
        return (y * target).reshape(len(y), -1).sum(axis=-1)

    def gradient(self, y: Array, target: Array) -> Array:
        return target


def _wrong(check: LeafCheck, layer: Layer, loss: Loss, tree: Tree) -> tuple[str, ...]:
    """The leaves by which the gradient of one layer, or of the loss, is wrong."""
    problem = Problem.at(tree, layer, loss, check.here.problem.train)
    if not problem.paths:
        return ()
    alone = replace(check, here=Point(problem, tree), advance=None)
    return tuple(row.path for row in map(alone.leaf, alone.paths) if row.verdict == "wrong")


def _layers(model: Layer, params: Params, state: State, path: str) -> Iterator[tuple[str, Layer, Params, State]]:
    """Every layer that is not made of layers, by path, with its params and state."""
    if isinstance(model, Combinator):
        for name, child in model.children().items():
            yield from _layers(child, params[name], state[name], join_path(path, name))
    else:
        yield path, model, params, state
