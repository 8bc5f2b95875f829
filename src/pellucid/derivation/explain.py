"""``explain``: the worked example of any gradient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from pellucid import validate
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.bound_problem import BoundProblem, bind_problem
from pellucid.derivation.derive.diagram import columns
from pellucid.derivation.derive.numeric import automatic_gradient, loss_by_entry, loss_by_leaf, numerical_check
from pellucid.derivation.derive.paths import chain_rule
from pellucid.derivation.derive.target import Weight, clean_name, find_target, leaf_of
from pellucid.derivation.derive.wrong_backward import wrong_backward_error
from pellucid.derivation.derive.zero_gradient import why_zero
from pellucid.derivation.explanation import Explanation
from pellucid.derivation.rules import Entry
from pellucid.derivation.update.lines import update_lines
from pellucid.derivation.update.loss import loss_lines
from pellucid.derivation.update.training_step import TrainingStep
from pellucid.errors import ExplainError
from pellucid.layer import Layer, Loss
from pellucid.optim import Clipping, GradientDescent, Rule
from pellucid.regularize import Constraint, Penalty
from pellucid.trees import flatten, replace_leaves
from pellucid.types import Params, State


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
    constraint: Constraint | None = None,
    mixup: float | None = None,
    fixed: str | Sequence[str] = (),
    sample: int | None = None,
    names: Mapping[str, str] | None = None,
    train: bool = False,
    seed: int = 0,
    step: float = 1e-5,
    automatic: bool = True,
) -> Explanation:
    """The derivation of the gradient of the loss by one number, with its numbers put in and checked. In float64.

    With an ``optimizer`` its step on a weight is shown too: the stages that training walks. With ``train`` the network
    is as training has it in step ``t``: what is drawn is what ``fit`` with this ``seed`` draws.

    Args:
        model: the network.
        loss: what is made small; the mean over the examples.
        x: the examples (B, ...), as ``fit`` takes them.
        y: their targets, as the loss takes them.
        weight: which number: a weight, ``"dense_1/W[0, 1]"``, an input, ``"x[2]"``, or what is between layers,
            ``"dense_1[0]"``. Places count from 0; with several examples the example comes first in inputs and between
            layers.
        params: the weights; drawn from ``seed`` if not given.
        state: the state of the layers; that before training if not given.
        optimizer: the update rule of the step; None shows the gradient alone.
        slots: what the optimizer remembers, by name: a number for this weight, or a tree for all; 0 if not given.
        t: the number of the step, from 1.
        penalty: added to the loss for large weights.
        clip: the bounds of the gradients.
        constraint: the bound of the weights, after the optimizer's step; it needs slots of all weights.
        mixup: the parameter of ``fit``: the examples are mixed in pairs before they go in.
        fixed: the path of arrays, or several, that do not move.
        sample: the number of the one example, mixed or not, that the loss is of; None: of all.
        names: the reader's own names of numbers: ``{"dense_1/W[0, 0]": "w1"}``.
        train: whether layers are as in training, else as in use.
        seed: of the weights that are drawn, and of all that a step draws.
        step: h of the central difference.
        automatic: whether automatic differentiation, which takes longer than all the rest, is part of the check.

    Returns:
        The explanation; every line in it has been worked out and compared with what the network has.

    Raises:
        UnknownNameError: for a weight, layer, slot or name that is not there.
        ExplainError: for an index or sample out of range, a whole number, NaN or infinity on the way, and a derivation
            that does not check.
        ConfigError: for an argument that is not of its kind.
        ShapeError: for params, state or slots that are not the model's.
    """
    validate.instance("explain", "weight", weight, str)
    validate.positive("explain", "step", step)
    if optimizer is None and (slots or penalty or clip or constraint or fixed):
        raise ExplainError(
            "slots, penalty, clip, constraint and fixed are about the optimizer's step: give an optimizer as well"
        )
    rule = GradientDescent() if optimizer is None else optimizer  # without an optimizer there is no update to show
    bound = bind_problem(
        "explain",
        model,
        loss,
        x,
        y,
        TrainingStep(rule, {} if slots is None else slots, t, penalty, clip, constraint, mixup),
        params=params,
        state=state,
        fixed=fixed,
        names=names,
        sample=sample,
        train=train,
        seed=seed,
        one_weight=True,
    )
    deriver = bound.deriver
    target = find_target(deriver.trace, deriver.names, clean_name(weight))
    last = deriver.entry(target) if isinstance(target, Entry) else deriver.weight(*target)
    update = () if optimizer is None or isinstance(target, Entry) else _update(bound, target, last)
    numeric = _numeric(bound, target, last, step, automatic)
    forward = deriver.forward()
    explanation = Explanation(
        last.name,
        last.value,
        (*bound.mixture_lines([last]), *forward, deriver.error),
        (last,),
        update,
        numeric,
        chain_rule(last),
        columns(deriver.trace, deriver.names, last),
        "" if last.value else why_zero(deriver, target),
        deriver.omission(forward),
    )
    deriver.names.require_registered()
    explanation.verify()
    return explanation


def _update(bound: BoundProblem, target: Weight, last: DerivationStep) -> tuple[DerivationStep, ...]:
    """The step on the weight, and the loss before and after.

    The loss after is that of all weights moved; of this one alone where no more is known.
    """
    path, index, params = leaf_of(target), target[2], bound.given["params"]
    name = bound.deriver.names.weight(target[0][0], *target[1:])
    lines = update_lines(bound.step, bound.updates, path, index, name, last)
    after, which = bound.updates[-1].params, "every weight has"
    if not bound.step.knows_all:
        array = flatten(params)[path].copy()
        array[index] = flatten(after)[path][index]
        after, which = replace_leaves(params, {path: array}), "this weight alone has"
    return (*lines, *loss_lines(bound.problem, bound.tree, after, which))


def _numeric(
    bound: BoundProblem, target: Entry | Weight, last: DerivationStep, step: float, compare: bool
) -> tuple[DerivationStep, ...]:
    """The check of a weight, an input or a number between layers. Raises ExplainError where it is wrong."""
    problem, tree, trace = bound.problem, bound.tree, bound.deriver.trace
    error_for = partial(wrong_backward_error, problem, tree, last.name, last.value)
    if isinstance(target, Entry):
        leaf, index, value = target.wire.name, target.index, target.value
    else:
        leaf, index = f"params/{leaf_of(target)}", target[2]
        value = float(flatten(tree)[leaf][index])
    h = step * max(1.0, abs(value))
    if isinstance(target, Entry) and target.wire.producer is not None:
        return numerical_check(trace, loss_by_entry(problem, tree, trace, target), h, last.value, None, error_for)
    automatic = automatic_gradient(problem, tree, leaf, index) if compare else None
    return numerical_check(trace, loss_by_leaf(problem, tree, leaf, index), h, last.value, automatic, error_for)
