"""Every gradient of a network beside its slope measured, entry by entry: a table to look at, without a compiler."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from pellucid.check.differences import RIGHT, WRONG, measure, relative_error
from pellucid.check.inputs import bind_inputs
from pellucid.check.oracles import one_by_one
from pellucid.check.problem import Point, Problem
from pellucid.layer import Layer, Loss
from pellucid.trees import flatten
from pellucid.types import Params, State

EntryVerdict: TypeAlias = Literal["right", "kink", "look closer", "wrong"]


@dataclass(frozen=True)
class EntryCheck:
    """One number of the params: its gradient by ``backward`` and measured, ``numerical``, and how far they are apart.

    ``relative`` is ``|a - b| / max(|a|, |b|, floor)``, whose floor is where rounding alone would reach 1e-7. On a
    ``kink`` the loss bends within the step, and backward has the slope of one side.
    """

    path: str
    index: tuple[int, ...]
    backward: float
    numerical: float
    absolute: float
    relative: float
    verdict: EntryVerdict


def check_entries(
    model: Layer,
    loss: Loss,
    x: Any,
    y: Any,
    *,
    params: Params | None = None,
    state: State | None = None,
    step: float = 1e-5,
) -> tuple[EntryCheck, ...]:
    """Every gradient by the params beside its central difference, in float64: the largest relative error first.

    ``check_gradients`` also holds them against automatic differentiation, and names the layer at fault. This is for
    networks of a few hundred weights that are looked at: two evaluations of the loss for each.

    Args:
        model: the network, as in use.
        loss: the loss; its mean over the examples is differentiated.
        x: the examples (B, ...).
        y: their targets, as the loss takes them.
        params: the weights; drawn from seed 0 if not given.
        state: the state of the layers; that before training if not given.
        step: h of the central differences, ``(E(w + h) - E(w - h)) / 2h``, times ``max(1, |w|)``.

    Raises:
        ShapeError: for params of another model.
        DataError: for what is no number.
        CheckError: where there are no examples.
    """
    tree = bind_inputs(model, x, y, params, state, 0, None, "check_entries")
    point = Point(Problem.at(tree, model, loss, train=False), tree)
    found = [entry for path in flatten(tree["params"]) for entry in _leaf(point, path, step)]
    return tuple(sorted(found, key=lambda entry: -entry.relative))


def _leaf(point: Point, path: str, step: float) -> Iterator[EntryCheck]:
    full = f"params/{path}"
    leaf, backward = flatten(point.tree)[full], point.backward[full].ravel()
    steps, which = step * np.maximum(1.0, np.abs(leaf.ravel())), np.arange(leaf.size)
    line = one_by_one(point.problem.value, point.tree, full)
    measured = measure(line, which, steps, backward, point.value, point.noise)
    errors = relative_error(backward, measured.value, measured.floor)
    for n in range(leaf.size):
        index = tuple(int(i) for i in np.unravel_index(n, leaf.shape))
        a, b, error = float(backward[n]), float(measured.value[n]), float(errors[n])
        yield EntryCheck(path, index, a, b, abs(a - b), error, _verdict(error, bool(measured.kink[n])))


def _verdict(error: float, kink: bool) -> EntryVerdict:
    if error <= RIGHT:
        return "kink" if kink else "right"
    return "look closer" if error <= WRONG else "wrong"
