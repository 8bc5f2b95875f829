"""``explain``: the worked example of any gradient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from pellucid import validate
from pellucid.check.inputs import everything
from pellucid.check.problem import Problem
from pellucid.derivation.algebra.step import Step
from pellucid.derivation.arguments import check_slots, check_switches, checked_names, fixed_paths
from pellucid.derivation.decompositions import wire_up
from pellucid.derivation.derive.agreement import check_agreement
from pellucid.derivation.derive.derive import Deriver
from pellucid.derivation.derive.numeric import by_automatic, by_leaf, by_wire, checked
from pellucid.derivation.derive.paths import chain_rule
from pellucid.derivation.derive.target import Weight, asked_for, find, leaf_of, names_in
from pellucid.derivation.derive.update import Move, updated
from pellucid.derivation.derive.wrong_backward import at_fault
from pellucid.derivation.derive.zero_gradient import Zero
from pellucid.derivation.explanation import Explanation
from pellucid.derivation.rules import Entry
from pellucid.derivation.trace.layout import columns
from pellucid.derivation.trace.terms import loss_gradient, terms_of
from pellucid.derivation.trace.trace import Trace, Tracer, input_wires
from pellucid.errors import ExplainError
from pellucid.layer import Layer, Loss
from pellucid.optim import Clipping, Rule
from pellucid.regularize import Penalty
from pellucid.shape_inference import infer_output
from pellucid.trees import flatten, leaves, tree_map
from pellucid.types import Params, State, Tree


def explain(
    model: Layer,
    loss: Loss,
    x: Any,
    y: Any,
    weight: str,
    *,
    params: Params | None = None,
    state: State | None = None,
    optimizer: Rule | None = None,
    slots: Mapping[str, Any] | None = None,
    t: int = 1,
    penalty: Penalty | None = None,
    clip: Clipping | None = None,
    fixed: str | Sequence[str] = (),
    sample: int | None = None,
    names: Mapping[str, str] | None = None,
    train: bool = False,
    seed: int = 0,
    step: float = 1e-5,
    automatic: bool = True,
) -> Explanation:
    """The derivation of the gradient of the loss by one number, with its numbers put in and checked.

    ``x`` and ``y`` are the examples, (B, ...); the loss is their mean, or with ``sample`` that of one example alone.
    ``weight`` says which number: a weight, ``"dense_1/W[0, 1]"``, an input, ``"x[2]"``, or what is between layers,
    ``"dense_1[0]"``; places count from 0, and with several examples the example comes first in inputs and between
    layers. ``params`` are drawn from ``seed`` if not given. With an ``optimizer`` its step number ``t`` on a weight is
    shown too, after the ``penalty`` and the ``clip``; ``slots`` is what it remembers, by name: numbers for this
    weight, or trees for all; arrays at the paths ``fixed`` (or the one path) do not move. ``names`` has names for
    numbers that the reader knows by others: ``{"dense_1/W[0, 0]": "w1"}``. ``step`` is h of the central difference;
    ``automatic=False`` leaves out automatic differentiation, which takes longer than all the rest.
    Arithmetic is in float64. Raises UnknownNameError for a weight, layer, slot or name that is not there,
    ExplainError for an index or sample out of range, a whole number, NaN or infinity on the way, and a derivation that
    does not check.
    """
    for name, value, kind in (("model", model, Layer), ("loss", loss, Loss), ("weight", weight, str)):
        validate.instance("explain", name, value, kind)
    weight = asked_for(weight)
    validate.positive("explain", "step", step)
    validate.positive_int("explain", "t", t)
    check_switches("explain", train, seed)
    if optimizer is None and (slots or penalty or clip or fixed):
        raise ExplainError("slots, penalty, clip and fixed are about the optimizer's step: give an optimizer as well")
    called = checked_names("explain", names)
    move = None if optimizer is None else Move(optimizer, {} if slots is None else slots, t, penalty, clip)
    tree = _chosen(everything(model, x, y, params, state, seed, None, "explain"), sample)
    fixed = fixed_paths("explain", fixed, tree["params"])
    if move is not None:
        check_slots("explain", move.optimizer, move.slots, tree["params"])
        move = replace(move, fixed=fixed)
    with np.errstate(all="ignore"):  # what is not finite is told by the trace
        outputs = infer_output(model, tree["params"], tree["state"], tree["x"])
    loss.check_target(outputs, tree["target"])
    trace = trace_network(model, loss, tree, train)
    deriver = Deriver(trace, names_in(trace, called), terms_of(loss, trace.y, trace.target))
    subject = find(trace, deriver.names, weight)
    last = deriver.entry(subject) if isinstance(subject, Entry) else deriver.weight(*subject)
    problem = Problem.at(tree, model, loss, train)
    update: tuple[Step, ...] = ()
    if move and not isinstance(subject, Entry):
        name = deriver.names.weight(subject[0][0], *subject[1:])
        update = updated(move, problem, tree, leaf_of(subject), subject[2], name, last)
    numeric = _numeric(problem, tree, trace, subject, last, step, automatic)
    forward = deriver.forward()
    deriver.names.require_all_met()
    explanation = Explanation(
        last.name,
        last.value,
        (*forward, deriver.error),
        (last,),
        update,
        numeric,
        chain_rule(last),
        columns(trace, deriver.names, last),
        _note(deriver, subject, last),
        deriver.taken_as_given(forward),
    )
    explanation.verify()
    return explanation


def trace_network(model: Layer, loss: Loss, tree: Tree, train: bool) -> Trace:
    """The network run forward and back, with every number between its layers; ``tree`` as ``everything`` makes it.

    Raises ExplainError where the loss or a gradient is not finite.
    """
    tracer = Tracer(train)
    x = input_wires(tree["x"])
    with np.errstate(all="ignore"):
        y = wire_up(model, tracer, tree["params"], tree["state"], x, "", tree["key"])
        values = np.asarray(loss.value(tree_map(lambda wire: wire.value, y), tree["target"]))
        if not np.isfinite(values).all():
            bad = values[~np.isfinite(values)][0]
            raise ExplainError(f"the loss is {bad}: there is no gradient to explain; {_born(tracer, tree)}")
        for path, gradient in loss_gradient(loss, y, tree["target"], tree["share"]).items():
            wire = flatten(y)[path]
            wire.gradient = wire.gradient + gradient
        tracer.back()
    trace = Trace(model, loss, tree["params"], x, tree["target"], tracer.nodes, y, tree["share"], values)
    _require_finite_gradients(trace)
    check_agreement(trace, tree, train)
    return trace


def _chosen(tree: Tree, sample: int | None) -> Tree:
    """The tree with all examples, or with one of them alone."""
    if sample is None:
        return tree
    count = len(tree["share"])
    validate.whole("explain", "sample", sample)
    if not 0 <= sample < count:
        has = "1 example, number 0" if count == 1 else f"{count} examples, counted from 0 to {count - 1}"
        raise ExplainError(f"sample {sample} is not there: x has {has}")
    one = {name: tree_map(lambda leaf: leaf[sample : sample + 1], tree[name]) for name in ("x", "target")}
    return {**tree, **one, "share": np.ones(1)}


def _born(tracer: Tracer, tree: Tree) -> str:
    """Where the first number that is not finite came about."""
    for branch in ("x", "params", "target"):
        for path, leaf in flatten({branch: tree[branch]}).items():
            if not np.isfinite(leaf).all():
                at = list(map(int, np.argwhere(~np.isfinite(leaf))[0]))
                return f"{path.removeprefix('params/')}{at} is {leaf[tuple(at)]} from the start"
    for node in tracer.nodes:
        for wire in node.outputs.values():
            if not np.isfinite(wire.value).all():
                return f"it was born in {node.path or repr(node.layer)}"
    return "it was born in the loss"


def _require_finite_gradients(trace: Trace) -> None:
    for wire in flatten(trace.y).values():
        if not np.isfinite(wire.gradient).all():
            raise ExplainError(f"the gradient of {trace.loss!r} by {wire.name} is not finite, though the loss is")
    for node in reversed(trace.nodes):
        for leaf in (*leaves(node.dparams), *(wire.gradient for wire in node.inputs.values())):
            if not np.isfinite(leaf).all():
                raise ExplainError(
                    f"a gradient is not finite, though the loss is: it was born in the backward pass of "
                    f"{node.path or repr(node.layer)}"
                )


def _numeric(
    problem: Problem, tree: Tree, trace: Trace, subject: Entry | Weight, last: Step, step: float, compare: bool
) -> tuple[Step, ...]:
    """The check of a weight, an input or a number between layers. Raises ExplainError where it is wrong."""
    blame = partial(at_fault, problem, tree, last.name, last.value)
    if isinstance(subject, Entry):
        leaf, index, value = subject.wire.name, subject.index, subject.value
    else:
        leaf, index = f"params/{leaf_of(subject)}", subject[2]
        value = float(flatten(tree)[leaf][index])
    h = step * max(1.0, abs(value))
    if isinstance(subject, Entry) and subject.wire.maker is not None:
        return checked(trace, by_wire(problem, tree, trace, subject), h, last.value, None, blame)
    automatic = by_automatic(problem, tree, leaf, index) if compare else None
    return checked(trace, by_leaf(problem, tree, leaf, index), h, last.value, automatic, blame)


def _note(deriver: Deriver, subject: Entry | Weight, last: Step) -> str:
    """Why the gradient is exactly zero, where it is."""
    if last.value:
        return ""
    return Zero(deriver).entry(subject) if isinstance(subject, Entry) else Zero(deriver).weight(*subject)


__all__ = ["explain", "trace_network"]
