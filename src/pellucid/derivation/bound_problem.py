"""A network bound to its inputs: the batch as a step of training has it, and that step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from pellucid import validate
from pellucid.check.inputs import bind_inputs
from pellucid.check.problem import Problem
from pellucid.derivation.algebra.gradient_name import number_name
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.arguments import check_sample, check_slots, check_switches, checked_names, fixed_paths
from pellucid.derivation.derive.agreement import summed_gradients
from pellucid.derivation.derive.deriver import Deriver
from pellucid.derivation.derive.mixtures import Mixtures, mix_examples, mixture_lines
from pellucid.derivation.derive.target import names_for
from pellucid.derivation.derive.trace_network import trace_network
from pellucid.derivation.trace.terms import terms_of
from pellucid.derivation.update.training_step import TrainingStep, key_of_step
from pellucid.layer import Layer, Loss
from pellucid.shape_inference import infer_output
from pellucid.train.stages import Update
from pellucid.trees import flatten, replace_leaves, tree_map
from pellucid.types import Params, State, Tree


@dataclass(frozen=True, eq=False)
class BoundProblem:
    """A network and all that its loss reads, as it is ``given``, and the ``step`` of training with all that it draws.

    ``names`` are the reader's names of numbers; the loss is that of example number ``sample`` alone, if it is there.
    """

    model: Layer
    loss: Loss
    given: Tree
    step: TrainingStep
    names: Mapping[str, str]
    sample: int | None
    train: bool
    seed: int

    @cached_property
    def drawn(self) -> tuple[Tree, Loss, Mixtures | None]:
        """All that the loss reads, with the key and the mixtures that the step draws; the loss for them."""
        key = key_of_step(self.seed, self.step.t)
        tree = {**self.given, "key": key if self.model.is_random() else None}
        loss, mixtures = self.loss, None
        if self.step.mixup is not None:
            tree, loss, mixtures = mix_examples(tree, loss, self.step.mixup, key)
        if self.sample is None:
            return tree, loss, mixtures
        at = slice(self.sample, self.sample + 1)
        of_examples = (tree["x"], tree["target"], mixtures)
        x, target, mixtures = tree_map(lambda leaf: leaf[at], of_examples)
        return {**tree, "x": x, "target": target, "share": np.ones(1)}, loss, mixtures

    @property
    def tree(self) -> Tree:
        """All that the loss reads in this step."""
        return self.drawn[0]

    @cached_property
    def problem(self) -> Problem:
        """The loss as a function of the tree."""
        return Problem.at(self.tree, self.model, self.drawn[1], self.train)

    @cached_property
    def deriver(self) -> Deriver:
        """What derives any number of the network. Raises ExplainError where the loss or a gradient is not finite."""
        trace = trace_network(self.model, self.problem.loss, self.tree, self.train)
        return Deriver(trace, names_for(trace, self.names), terms_of(self.problem.loss, trace.y, trace.target))

    @cached_property
    def updates(self) -> list[Update]:
        """What the stages of the step make of the weights, for the gradients of the derivation."""
        params = self.given["params"]
        return self.step.updates(params, replace_leaves(params, summed_gradients(self.deriver.trace)))

    def mixture_lines(self, gradients: list[DerivationStep]) -> tuple[DerivationStep, ...]:
        """How the examples were mixed; of many inputs those that the lines of the ``gradients`` use."""
        mixtures = self.drawn[2]
        if mixtures is None or self.step.mixup is None:
            return ()
        formulas = (step.formula for step in gradients if step.formula)
        used = {symbol.name for formula in formulas for symbol in formula.symbols()}
        used |= {number_name(step.name) for step in gradients}
        wires = flatten(self.deriver.trace.x)
        return tuple(mixture_lines(mixtures, self.step.mixup, wires, self.deriver.names, used))

    def after_step(self, update: Update) -> BoundProblem:
        """The same examples in the step that follows, for the outcome of this one's ``update``."""
        tree = self.tree
        _, _, state = self.model.forward(tree["params"], tree["state"], tree["x"], tree["key"], self.train)
        return replace(
            self, given={**self.given, "params": update.params, "state": state}, step=self.step.after(update)
        )


def bind_problem(
    owner: str,
    model: Layer,
    loss: Loss,
    x: Any,
    y: Any,
    step: TrainingStep,
    *,
    params: Params | None,
    state: State | None,
    fixed: Any,
    names: Any,
    sample: int | None,
    train: bool,
    seed: int,
    one_weight: bool = False,
) -> BoundProblem:
    """What ``explain`` and its like are given, checked, as one value.

    Args:
        owner: the function that was given it, for messages.
        step: the step of training, yet without ``fixed``.
        one_weight: slots may be numbers, for the one weight that is explained.
        The others: see ``explain``.

    Raises:
        ConfigError: for what is not of its kind.
        UnknownNameError: for a slot or a path that is not there.
        ShapeError: for params, state or slots that are not the model's.
        ExplainError: for a sample that is not there.
    """
    for name, value, kind in (("model", model, Layer), ("loss", loss, Loss)):
        validate.instance(owner, name, value, kind)
    check_switches(owner, train, seed)
    names = checked_names(owner, names)
    tree = bind_inputs(model, x, y, params, state, seed, None, owner)
    check_sample(owner, sample, len(tree["share"]))
    step = replace(step, fixed=fixed_paths(owner, fixed, tree["params"]))
    trees_alone = not one_weight or step.constraint is not None  # a constraint looks at other weights as well
    check_slots(owner, step.optimizer, step.slots, tree["params"], trees_alone)
    with np.errstate(all="ignore"):  # what is not finite is said by the trace
        outputs = infer_output(model, tree["params"], tree["state"], tree["x"])
    loss.check_target(outputs, tree["target"])
    return BoundProblem(model, loss, tree, step, names, sample, train, seed)
