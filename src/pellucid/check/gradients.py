"""The gradient check: hand-written backward against two independent oracles, by every weight, bias and input."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pellucid import validate
from pellucid.check.faults import find_faults
from pellucid.check.gradient_report import GradientReport
from pellucid.check.inputs import bind_inputs
from pellucid.check.leaf_check import LeafCheck, Weights
from pellucid.check.leaf_report import LeafReport
from pellucid.check.problem import Point, Problem
from pellucid.check.progress import bar
from pellucid.errors import CheckError, UnknownNameError
from pellucid.interrupt import Interrupt
from pellucid.layer import Layer, Loss
from pellucid.shape_inference import infer_output
from pellucid.types import Params, State

ALL_UP_TO = 20_000
"""Up to so many weights and inputs are checked entry by entry unless asked otherwise."""


def check_gradients(
    model: Layer,
    loss: Loss,
    x: Any,
    y: Any,
    *,
    params: Params | None = None,
    state: State | None = None,
    weights: Weights | None = None,
    samples: int = 100,
    seed: int = 0,
    step: float = 1e-5,
    train: bool = False,
    sample_weight: Any = None,
    progress: bool | Callable[[int, int], None] = False,
) -> GradientReport:
    """Check ``model.backward`` by every weight, bias and input, at the examples ``x`` with targets ``y``.

    The loss is the (weighted) mean over the examples. Backward, in float64 on NumPy, is held against central
    differences, ``(E(w + h) - E(w - h)) / 2h`` with ``h = step max(1, |w|)``, and against automatic differentiation.
    The relative error is ``|a - b| / max(|a|, |b|, floor)``: below 1e-7 right, up to 1e-4 look closer, above wrong.
    The floor is where rounding alone would reach 1e-7: for central differences ``noise / (1e-7 h)``, with
    ``noise = 10 eps (1 + |E| + sum |y dE/dy|)``; for the automatic ones ``(10 eps max|gradient| + noise) / 1e-7``.

    ``weights`` says what is checked of each leaf: "all" its entries, a "sample" of ``samples`` entries, or
    ``samples`` random "directions" in which the whole leaf moves; by default all, or a sample in networks of more than
    20,000 numbers. Ten random directions check the whole gradient at once in any case. ``params`` are drawn from
    ``seed`` if not given; random layers draw from one key throughout.
    ``progress=True`` draws a bar on a terminal (standard error); ``progress(done, total)`` is told of every leaf.
    A weight's differences are evaluated from its own layer on: see ``pellucid.check.leaf_loss``.

    A kink within the step (a ReLU that switches) is recognised and named, not reported as a fault:
    ``pellucid.check.differences`` and ``comparison`` say how. Whole numbers have no gradient and are skipped. Where a
    gradient is wrong, every layer is then checked by itself, and the report names those at fault.
    ``x`` is an array (or list, or table) or a tree of arrays. Raises ConfigError for what is no model, loss or option,
    DataError for what is no number, ShapeError for params of another model, CheckError where there is nothing to check
    (no examples, a loss that is not finite), ShapeError or DataError for targets that the loss cannot compare with
    the outputs.
    """
    validate.instance("check_gradients", "model", model, Layer)
    validate.instance("check_gradients", "loss", loss, Loss)
    validate.whole("check_gradients", "seed", seed)
    validate.positive_int("check_gradients", "samples", samples)
    validate.positive("check_gradients", "step", step)
    if weights not in (None, "all", "sample", "directions"):
        raise UnknownNameError("choice of weights", weights, ("all", "sample", "directions"))
    tree = bind_inputs(model, x, y, params, state, seed, sample_weight)
    loss.check_target(infer_output(model, tree["params"], tree["state"], tree["x"]), tree["target"])
    problem = Problem.at(tree, model, loss, train)
    if not problem.paths:
        raise CheckError("neither the network nor x has anything but whole numbers, so there is no gradient to check")
    here = Point(problem, tree)
    if not math.isfinite(here.value):
        raise CheckError(f"the loss is {here.value} at this point, so there is no gradient to check")
    few = sum(leaf.size for leaf in here.backward.values()) <= ALL_UP_TO
    check = LeafCheck(here, weights or ("all" if few else "sample"), samples, int(seed) % 2**64, step)
    rows, whole = _checked(check, progress)
    faults = find_faults(check) if any(row.verdict == "wrong" for row in (*rows, whole)) else ()
    return GradientReport(here.value, check.weights, step, seed, tuple(rows), whole, faults)


def _checked(check: LeafCheck, progress: bool | Callable[[int, int], None]) -> tuple[list[LeafReport], LeafReport]:
    """The row of every leaf, and that of the whole."""
    if progress is True:
        with bar(check.count()) as advance:
            return _checked(replace(check, advance=advance), False)
    rows = []
    with Interrupt() as interrupt:
        for done, path in enumerate(check.paths, 1):
            rows.append(check.leaf(path))
            interrupt.check()
            if progress:
                progress(done, len(check.paths))
        return rows, check.whole()
