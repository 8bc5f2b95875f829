"""Checks of what ``Recurrent`` relies on in a cell: where it starts, where examples stand, several steps at once."""

from __future__ import annotations

import numpy as np

from pellucid.check.agreement import require_equal
from pellucid.check.cases.cell_case import CellCase
from pellucid.errors import ConformanceError
from pellucid.trees import flatten, items, tree_map

STEPS = 3
"""So many steps are projected and gathered at once."""


def the_start_is_constant(case: CellCase) -> None:
    """``start`` gives every example the same carry, whatever the weights: no gradient goes through it."""
    params, x = case.inputs["params"], case.inputs["x"]
    start = flatten(case.on_numpy["start"])
    other = flatten(case.subject.start(tree_map(lambda leaf: 2.0 * leaf + 1.0, params), len(x), x.dtype))
    require_equal(other, start, "start with other weights", "start")
    one = flatten(case.subject.start(params, 1, x.dtype))
    require_equal(tree_map(lambda leaf: np.repeat(leaf, len(x), axis=0), one), start, "start of one example", "start")


def the_batch_comes_first(case: CellCase) -> None:
    """In y and in every array of carry and cache the examples are the first axis, and none depends on another."""
    parts = ("start", "carry", "y", "cache", "dcarry", "dx")
    together = flatten({part: case.on_numpy[part] for part in parts})
    inputs, count = case.inputs, len(case.inputs["x"])
    for path, leaf in together.items():
        if np.shape(leaf)[:1] != (count,):
            raise ConformanceError(f"{path} has shape {np.shape(leaf)}: its first axis must be the {count} examples")
    first = {name: tree_map(lambda leaf: leaf[:1], tree) for name, tree in inputs.items() if name != "params"}
    alone = case.run({**inputs, **first})
    wanted = {path: leaf[:1] for path, leaf in together.items()}
    require_equal(flatten({part: alone[part] for part in parts}), wanted, "an example alone", "one among others")


def several_steps_at_once(case: CellCase) -> None:
    """For x of several steps, ``project`` gives each step's own, and ``gather`` the sum over the steps of dparams."""
    cell, params = case.subject, case.inputs["params"]
    steps = [{**case.draw(seed), "params": params} for seed in range(STEPS)]
    projected = [cell.project(params, step["x"]) for step in steps]
    xs = np.stack([step["x"] for step in steps])
    require_equal({"x": cell.project(params, xs)}, {"x": np.stack(projected)}, "project of several steps", "each alone")

    caches, dxs, gathered = [], [], []
    for step, x in zip(steps, projected, strict=True):
        _, _, cache = case.forward(params, step["carry"], x)
        _, _, dx = cell.backward(params, cache, step["dcarry"], step["dy"])
        caches.append(cache)
        dxs.append(dx)
        gathered.append(cell.gather(params, cache, step["x"], dx))
    stacked = tree_map(lambda *leaves: np.stack(leaves), *caches)
    dparams, dx = cell.gather(params, stacked, xs, np.stack(dxs))
    sums = tree_map(lambda *leaves: sum(leaves), *(own for own, _ in gathered))
    wanted = {"dparams": sums, "dx": np.stack([dx for _, dx in gathered])}
    require_equal(
        dict(items({"dparams": dparams, "dx": dx})), flatten(wanted), "gather of several steps", "each alone, summed"
    )
