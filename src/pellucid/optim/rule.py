"""What an update rule is: its formula, as text, which is both what runs and what is shown."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any, ClassVar

from pellucid import ops, require
from pellucid.trees import flatten, leaves, replace_leaves, tree_map
from pellucid.types import Array, Params, Tree
from pellucid.value import Value

FUNCTIONS = ("abs", "maximum", "sign", "sqrt")
"""The functions a formula may call; each is the array namespace's."""


class Schedule(Value):
    """A learning rate that changes with the step."""

    @abstractmethod
    def __call__(self, step: Array) -> Array:
        """The learning rate at each ``step`` (counted from 0), float64 of the same shape."""


class Rule(Value):
    """How a weight moves, given its gradient: the ``formula``.

    The formula is a tuple of assignments in Python's arithmetic, carried out in order for every array of weights
    alone, each number by itself. Its names: ``w`` the weight, ``g`` its gradient, ``t`` the number of the step
    (from 1), the ``slots`` (what the rule remembers of each weight, 0 at first), the fields of the class, and what
    earlier lines assigned. The same text is run by both engines and shown with numbers put in.
    """

    formula: ClassVar[tuple[str, ...]]
    slots: ClassVar[tuple[str, ...]] = ()

    learning_rate: float | Schedule = 0.01

    def __post_init__(self) -> None:
        if not isinstance(self.learning_rate, Schedule):
            require.positive(self, "learning_rate", self.learning_rate)

    def numbers(self) -> dict[str, float]:
        """The fields but the learning rate, which comes with each step because it may follow a schedule."""
        return {f.name: float(getattr(self, f.name)) for f in fields(self) if f.name != "learning_rate"}

    @classmethod
    def init(cls, params: Params) -> Tree:
        """The slots before the first step: for each, a tree of zeros like ``params``."""
        return {slot: tree_map(lambda w: ops.namespace(w).zeros_like(w), params) for slot in cls.slots}

    @classmethod
    def update(
        cls, params: Params, grads: Params, slots: Tree, learning_rate: Any, t: Any, numbers: dict[str, Any]
    ) -> tuple[Params, Tree]:
        """Weights and slots after step ``t``. Nothing here depends on the values of hyper-parameters but through
        ``learning_rate`` and ``numbers``, so that changing one compiles nothing anew.
        """
        first = next(leaves(params), None)
        if first is None:
            return params, slots
        run = _program(cls.formula, cls.slots, tuple(numbers))
        gradients = flatten(grads)
        remembered = {slot: flatten(slots[slot]) for slot in cls.slots}
        after: dict[str, dict[str, Array]] = {name: {} for name in ("w", *cls.slots)}
        for path, w in flatten(params).items():
            values = run(
                ops.namespace(w),
                w,
                gradients[path],
                learning_rate,
                t,
                *(remembered[slot][path] for slot in cls.slots),
                *numbers.values(),
            )
            for name, value in zip(after, values, strict=True):
                after[name][path] = value
        return (
            replace_leaves(params, after["w"]),
            {slot: replace_leaves(slots[slot], after[slot]) for slot in cls.slots},
        )


@cache
def _program(formula: tuple[str, ...], slots: tuple[str, ...], numbers: tuple[str, ...]) -> Callable[..., Any]:
    """The formula as a Python function that returns the new weight and slots."""
    called = [name for name in FUNCTIONS if any(f"{name}(" in line for line in formula)]
    lines = [
        f"def update({', '.join(['xp', 'w', 'g', 'learning_rate', 't', *slots, *numbers])}):",
        *(f"    {name} = xp.{name}" for name in called),
        *(f"    {line}" for line in formula),
        f"    return {', '.join(['w', *slots])},",
    ]
    scope: dict[str, Any] = {"__builtins__": {}}
    exec(compile("\n".join(lines), f"<formula {formula!r}>", "exec"), scope)
    program: Callable[..., Any] = scope["update"]
    return program
