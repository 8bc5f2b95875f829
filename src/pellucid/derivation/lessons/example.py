"""A worked example: a network with its weights, its numbers and their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pellucid.derivation.derive.target import clean_name
from pellucid.derivation.explain import explain
from pellucid.derivation.explanation import Explanation
from pellucid.derivation.first_steps import Moment, first_steps
from pellucid.derivation.whole_step import explain_step
from pellucid.errors import ExplainError, UnknownNameError
from pellucid.layer import Layer, Loss
from pellucid.optim import Clipping, GradientDescent, Rule
from pellucid.regularize import Constraint, Penalty
from pellucid.trees import count_examples, tree_map
from pellucid.types import Params, State, Tree


@dataclass(frozen=True, eq=False)
class Example:
    """All that ``explain`` needs. ``weight`` is what is explained unless something else is asked for.

    ``names`` are the reader's names of numbers (see Names); several numbers may share one, as a bias does in some
    textbooks. ``fixed`` are arrays, by path, that training leaves as they are. ``sample`` is the one example that the
    loss is of, if not of all; ``seed`` is that of what a step draws. Numbers are shown to ``digits`` significant ones,
    or, as a textbook does, to ``decimals`` places.
    """

    name: str
    title: str
    model: Layer
    loss: Loss
    x: Tree
    y: Tree
    params: Params
    weight: str
    optimizer: Rule = field(default_factory=lambda: GradientDescent(0.1))
    slots: Mapping[str, Any] = field(default_factory=dict)
    t: int = 1
    penalty: Penalty | None = None
    clip: Clipping | None = None
    constraint: Constraint | None = None
    mixup: float | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    fixed: tuple[str, ...] = ()
    state: State | None = None
    sample: int | None = None
    train: bool = False
    seed: int = 0
    digits: int = 6
    decimals: int | None = None

    def explain(self, weight: str | None = None, automatic: bool = True) -> Explanation:
        """The derivation of one number, checked by ``automatic`` differentiation too.

        Raises the errors of ``explain``, and ExplainError for a name of several.
        """
        wanted = clean_name(self.weight if weight is None else weight)
        names = self._names_for(wanted)
        try:
            return explain(weight=wanted, names=names, fixed=self.fixed, automatic=automatic, **self._given())
        except UnknownNameError:
            if not names:
                raise
            raise UnknownNameError("number", wanted, list(dict.fromkeys([*names.values(), *names]))) from None

    def explain_step(self) -> Explanation:
        """One step of training on all examples, every weight. Raises the errors of ``explain_step``."""
        return explain_step(names=self.names, fixed=self.fixed, **self._given())

    def first_steps(self, count: int) -> list[Moment]:
        """What the loss, the weights and their gradients are before and after each of the first steps."""
        return first_steps(count=count, names=self.names, fixed=self.fixed, **self._given())

    def of_sample(self, sample: int) -> Example:
        """The same with one of its examples alone; with mixup, mixed as it is in the batch of all.

        Raises ExplainError where there is no such one.
        """
        require_sample(self.name, sample, count_examples(self.x))
        if self.mixup is not None:
            return replace(self, sample=sample)
        x, y = (tree_map(lambda leaf: leaf[sample : sample + 1], tree) for tree in (self.x, self.y))
        return replace(self, x=x, y=y)

    def _given(self) -> Tree:
        problem = ("model", "loss", "x", "y", "params", "state", "sample", "train", "seed")
        step = ("optimizer", "slots", "t", "penalty", "clip", "constraint", "mixup")
        return {name: getattr(self, name) for name in (*problem, *step)}

    def _names_for(self, weight: str) -> dict[str, str]:
        """The names, but where the number explained shares its name, it is called by its path."""
        sharing = [name for name, shown in self.names.items() if shown == self.names.get(weight, weight)]
        if len(sharing) > 1 and weight not in sharing:
            raise ExplainError(f"{weight} stands for {len(sharing)} numbers here: ask for {' or '.join(sharing)}")
        return {name: shown for name, shown in self.names.items() if len(sharing) < 2 or name != weight}


def require_sample(name: str, sample: int, count: int) -> None:
    """Raise ExplainError unless ``name``, which has ``count`` samples, has the one of this number."""
    if not 0 <= sample < count:
        hint = (
            f"choose one from 0 to {count - 1}"
            if count > 1
            else "there is only one, sample 0"
            if count
            else "it has none"
        )
        raise ExplainError(f"{name} has no sample {sample}: {hint}")
