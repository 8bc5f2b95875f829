"""What an update rule is: its formula, as text, which is both what runs and what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, ClassVar

from pellucid import ops
from pellucid.errors import ConfigError, UnknownNameError
from pellucid.optim.formula import Line, program, work_out
from pellucid.optim.optimizer import Optimizer
from pellucid.optim.schedules import Schedule, rates, require_rate
from pellucid.trees import tree_map, tree_map_several
from pellucid.types import Array, Params, Tree


class Rule(Optimizer):
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
        if not hasattr(self, "formula"):
            raise ConfigError(f"{type(self).__name__} has no formula: use a rule that has one, such as GradientDescent")
        require_rate(self, "learning_rate", self.learning_rate)

    def numbers(self) -> dict[str, float]:
        return {f.name: float(getattr(self, f.name)) for f in fields(self) if f.name != "learning_rate"}

    def learning_rates(self, steps: Array) -> Array:
        return rates(self.learning_rate, steps)

    @classmethod
    def init(cls, params: Params) -> Tree:
        """The slots before the first step: for each, a tree of zeros like ``params``."""
        return {slot: tree_map(lambda w: ops.namespace(w).zeros_like(w), params) for slot in cls.slots}

    @classmethod
    def update(
        cls, params: Params, grads: Params, slots: Tree, learning_rate: Any, t: Any, numbers: dict[str, Any]
    ) -> tuple[Params, Tree]:
        def move(w: Array, g: Array, *remembered: Array) -> tuple[Array, ...]:
            return cls.move(w, g, remembered, learning_rate, t, numbers)

        w, *after = tree_map_several(move, 1 + len(cls.slots), params, grads, *[slots[slot] for slot in cls.slots])
        return w, dict(zip(cls.slots, after, strict=True))

    @classmethod
    def move(
        cls, w: Array, g: Array, remembered: Iterable[Array], learning_rate: Any, t: Any, numbers: dict[str, Any]
    ) -> tuple[Array, ...]:
        """The formula for one array of weights: the array after step ``t`` and its slots, all in the dtype of ``w``."""
        run = program(cls.formula, cls.slots, tuple(numbers))
        after = run(ops.namespace(w), w, g, learning_rate, t, *remembered, *numbers.values())
        return tuple([array if array.dtype == w.dtype else array.astype(w.dtype) for array in after])

    def explain(
        self,
        w: float,
        g: float,
        slots: Mapping[str, float] | None = None,
        learning_rate: float | None = None,
        t: int = 1,
        digits: int | None = None,
    ) -> list[Line]:
        """Step ``t`` of one weight, line by line: in symbols, with numbers put in (see Line), and its result.

        ``slots`` are what the rule remembers of this weight, 0 where not given; ``learning_rate`` is the rule's own
        at that step unless given. The arithmetic is in double precision.
        Raises UnknownNameError for a slot that the rule does not have.
        """
        for slot in slots or {}:
            if slot not in self.slots:
                raise UnknownNameError(f"slot of {type(self).__name__}", slot, self.slots)
        if learning_rate is None:
            learning_rate = float(self.learning_rates(t - 1))
        remembered = {slot: float((slots or {}).get(slot, 0.0)) for slot in self.slots}
        values = {"w": float(w), "g": float(g), "learning_rate": float(learning_rate), **remembered, **self.numbers()}
        return work_out(self.formula, {**values, "t": int(t)}, digits)
