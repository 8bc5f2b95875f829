"""The update: what the optimizer makes of the gradient, line by line, and what the step does to the loss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from numbers import Real
from typing import Any

import numpy as np

from pellucid import validate
from pellucid.check.problem import Problem
from pellucid.derivation.algebra.expression import Expression, Symbol, call, parse, total
from pellucid.derivation.algebra.step import Step
from pellucid.derivation.rules import Index
from pellucid.errors import ExplainError
from pellucid.optim import ClipByNorm, ClipByValue, Clipping, Rule, Schedule
from pellucid.optim.optax_rule import as_rule
from pellucid.regularize import Penalty, penalty_gradient
from pellucid.trees import flatten, leaves, replace_leaves, tree_map
from pellucid.types import Params, Tree


@dataclass(frozen=True)
class Move:
    """Step ``t`` of an ``optimizer``. Its ``slots`` are, by name, a number for the weight or a tree for all weights.

    Arrays at the paths ``fixed`` do not move.
    """

    optimizer: Rule
    slots: Mapping[str, Any]
    t: int = 1
    penalty: Penalty | None = None
    clip: Clipping | None = None
    fixed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(as_rule(self.optimizer), Rule):
            raise ExplainError(f"{self.optimizer!r} has no formula to show: use a rule that has one, such as Adam()")
        validate.positive_int("explain", "t", self.t)
        validate.instance("explain", "slots", self.slots, Mapping)
        for name, kind in (("penalty", Penalty), ("clip", Clipping)):
            if getattr(self, name) is not None:
                validate.instance("explain", name, getattr(self, name), kind)

    @property
    def learning_rate(self) -> float:
        """That of the step."""
        return float(self.optimizer.learning_rates(self.t - 1))

    @property
    def knows_all(self) -> bool:
        """Whether it is known what the rule remembers of every weight, not of one alone."""
        return not any(isinstance(slot, Real) for slot in self.slots.values())

    def remembered(self, path: str, index: Index) -> dict[str, float]:
        """What the rule remembers of one weight."""
        return {
            slot: float(given if isinstance(given, Real) else flatten(given)[path][index])
            for slot, given in self.slots.items()
        }

    def gradients(self, params: Params, gradients: Params) -> Params:
        """Those that the rule is given: with the penalty, clipped."""
        if self.penalty is not None:
            pull = penalty_gradient(params, self.penalty.strengths(params))
            gradients = tree_map(lambda g, p: g + p, gradients, pull)
        return gradients if self.clip is None else self.clip.apply(gradients, self.clip.numbers())

    def moved(self, params: Params, gradients: Params) -> tuple[Params, Move]:
        """All weights after the step, and the step after it."""
        arrays, first = flatten(params), self.optimizer.init(params)
        slots = {slot: replace_leaves(zeros, flatten(self.slots.get(slot))) for slot, zeros in first.items()}
        given = self.gradients(params, gradients)
        numbers = self.optimizer.numbers()
        after, slots = self.optimizer.update(params, given, slots, self.learning_rate, self.t, numbers)
        held: Params = replace_leaves(after, {path: arrays[path] for path in self.fixed})
        return held, replace(self, slots=slots, t=self.t + 1)


def updated(
    move: Move, problem: Problem, tree: Tree, path: str, index: Index, name: str, last: Step
) -> tuple[Step, ...]:
    """The step on the weight at ``path`` (its name ``name``, its gradient ``last``), and the loss before and after.

    The loss after is that of all weights moved; of this one alone where no more is known.
    """
    params, gradients = tree["params"], problem.backward(tree)[2]["params"]
    lines = lines_of(move, params, gradients, path, index, name, last)
    if move.knows_all:
        return (*lines, *before_and_after(problem, tree, move.moved(params, gradients)[0], "every weight has"))
    array = flatten(params)[path].copy()
    array[index] = next(step.value for step in reversed(lines) if step.name == f"{name} after the step")
    alone = replace_leaves(params, {path: array})
    return (*lines, *before_and_after(problem, tree, alone, "this weight alone has"))


def lines_of(
    move: Move, params: Params, gradients: Params, path: str, index: Index, name: str, last: Step
) -> tuple[Step, ...]:
    """From the gradient of one weight to the weight after the step, line by line."""
    w = Symbol("w", float(flatten(params)[path][index]))
    if path in move.fixed:
        why = f"{path} is held fixed: it stays as it is, whatever its gradient"
        return (Step(f"{name} after the step", None, w.value, why, (), "update"),)
    steps = _gradient(move, params, gradients, path, w, last)
    g = steps[-1].value if steps else last.value
    return (*steps, *_lines(move, name, w.value, g, move.remembered(path, index)))


def before_and_after(problem: Problem, tree: Tree, params: Params, which: str) -> tuple[Step, ...]:
    """The loss with the weights of the tree and with ``params``, after ``which`` taken the step."""
    before = float(problem.value(tree))
    with np.errstate(all="ignore"):  # what is not finite is told below
        after = float(problem.value({**tree, "params": params}))
    if not np.isfinite(after):
        raise ExplainError(f"the loss after the step is {after}: the step is too long; choose a smaller learning_rate")
    why = f"the whole network again, after {which} taken its step; all gradients are those of the old weights"
    change = Symbol("E after", after) - Symbol("E before", before)
    went = "fell" if change.value < 0 else "rose" if change.value > 0 else "stayed"
    return (
        Step("E before", None, before, "the loss with the old weights", (), "update"),
        Step("E after", None, after, why, (), "update"),
        Step("change", change, change.value, f"the loss {went}", (), "update"),
    )


def _gradient(move: Move, params: Params, gradients: Params, path: str, w: Symbol, last: Step) -> list[Step]:
    """The penalty's share of the gradient, then clipping: the steps from ``last`` to the g of the rule."""
    steps, g = [], Symbol(last.name, last.value)
    if move.penalty is not None:
        formula, why = _penalised(move.penalty, flatten(params)[path], path, w, g)
        steps.append(Step("g with penalty", formula, formula.value, why, (), "update"))
        g = Symbol("g", formula.value)
        gradients = Move(move.optimizer, {}, penalty=move.penalty).gradients(params, gradients)
    if move.clip is not None:
        steps += _clipped(move.clip, gradients, g)
    return steps


def _penalised(penalty: Penalty, array: Any, path: str, w: Symbol, g: Symbol) -> tuple[Expression, str]:
    l1, l2 = penalty.lambdas(path, array)
    pulls: list[Expression] = [Symbol("l1", l1) * call("sign", w)] if l1 else []
    pulls += [Symbol("l2", l2) * w] if l2 else []
    if not pulls:
        return g, f"{penalty!r} does not charge this weight"
    return total([g, *pulls]), f"{penalty!r} is added to the loss, and its slope, a pull towards 0, to the gradient"


def _clipped(clip: Clipping, gradients: Params, g: Symbol) -> list[Step]:
    """The gradient within bounds."""
    if isinstance(clip, ClipByValue):
        limit = Symbol("limit", clip.limit)
        formula = call("min", limit, call("max", -limit, g))
        return [Step("g clipped", formula, formula.value, f"{clip!r}: no further from 0 than the limit", (), "update")]
    if not isinstance(clip, ClipByNorm):
        raise ExplainError(f"{clip!r} has no formula to show: use ClipByNorm or ClipByValue")
    size = sum(leaf.size for leaf in leaves(gradients))
    norm = Symbol("||g||", float(np.sqrt(sum(float((leaf**2).sum()) for leaf in leaves(gradients)))))
    length = Step(norm.name, None, norm.value, f"the length of the gradient by all {size} weights", (), "update")
    short = norm.value <= clip.max_norm
    clipped = g if short else g * (Symbol("max_norm", clip.max_norm) / norm)
    why = f"{clip!r}: " + ("the gradient is short enough" if short else "all gradients shrink alike")
    return [length, Step("g clipped", clipped, clipped.value, why, (), "update")]


def _lines(move: Move, name: str, w: float, g: float, slots: dict[str, float]) -> list[Step]:
    """The rule's formula, line by line."""
    rule, rate, steps = move.optimizer, move.learning_rate, []
    values = {"w": w, "g": g, "learning_rate": rate, "t": float(move.t), **rule.numbers()}
    values |= {slot: slots.get(slot, 0.0) for slot in rule.slots}
    if isinstance(rule.learning_rate, Schedule):
        why = f"{rule.learning_rate!r} at step {move.t - 1}, counted from 0"
        steps.append(Step("learning_rate", None, rate, why, (), "update"))
    for line in rule.explain(w, g, slots, t=move.t):
        shown = f"{name} after the step" if line.name == "w" else line.name
        why = f"{type(rule).__name__}: {line.symbols}"
        steps.append(Step(shown, _parsed(line.symbols, values), line.result, why, (), "update"))
        values[line.name] = line.result
    return steps


def _parsed(line: str, values: Mapping[str, float]) -> Expression | None:
    """The formula of a line; None for one with more than arithmetic in it."""
    try:
        return parse(line.split(" = ", 1)[1], values)
    except ValueError:
        return None
