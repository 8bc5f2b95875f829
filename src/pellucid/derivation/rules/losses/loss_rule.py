"""What a rule knows of a kind of loss: the formula of its value, and of its gradient by each output."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from pellucid.derivation.algebra.expression import Expression, Symbol, total
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.rules.rule import Index
from pellucid.derivation.trace.trace import Wire
from pellucid.layer import Loss

FEW = 64
"""Of so many outputs all the numbers inside a loss are shown; of more only those that a gradient needs."""


@dataclass(frozen=True)
class LossView:
    """A loss and the outputs it is about, as a rule sees them: symbols by the names that the reader knows.

    ``wires`` are the outputs by their path ("" for a single array). ``label`` is the name of the loss among several.
    With ``steps`` outputs (B, T, ...) are seen as (B T, ...), T being ``steps``: every step as an example.
    """

    loss: Any
    wires: dict[str, Wire]
    target: Any
    names: Any
    label: str = ""
    steps: int = 0

    @property
    def values(self) -> np.ndarray:
        """The outputs (B, ..., K), where they are one array."""
        return self.array("")

    def array(self, path: str) -> np.ndarray:
        """The outputs at this path."""
        value = self.wires[path].value
        return value.reshape(-1, *value.shape[2:]) if self.steps else value

    @cached_property
    def predicted(self) -> np.ndarray:
        """What the loss makes of the outputs: probabilities, say."""
        return np.asarray(self.loss.predict(self.values))

    def y(self, index: Index, path: str = "") -> Symbol:
        """An output, as a symbol."""
        name = self.names.entry(self.wires[path], self._in_network(index))
        return Symbol(name, float(self.array(path)[index]))

    def t(self, index: Index) -> Symbol:
        """The target of this output, as a symbol: an amount, or 1 at the label and 0 elsewhere."""
        target = self.target
        if target.ndim == self.values.ndim - 1 and self.values.shape[-1] > 1:
            number = float(target[index[:-1]] == index[-1])
        else:
            number = float(target.reshape(self.values.shape)[index])
        return self.inside("target", index, number)

    def inside(self, what: str, index: Index, value: float) -> Symbol:
        """A number of the loss's own for this output, such as softmax's p, as a symbol."""
        name = f"{what}_{self.label}" if self.label else what
        return Symbol(self.names.of_loss(name, self._in_network(index)), float(value))

    def outputs_of(self, example: int, path: str = "") -> list[Index]:
        """The indices of all outputs of an example."""
        return [(example, *index) for index in np.ndindex(self.array(path).shape[1:])]

    def _in_network(self, index: Index) -> Index:
        return (*divmod(index[0], self.steps), *index[1:]) if self.steps and index else index


class LossRule:
    """What holds for any loss: value and gradient are what it gives."""

    def value(self, view: LossView, example: int) -> Expression | None:
        """The loss of an example; None where only the loss knows how."""
        return None

    def gradient(self, view: LossView, index: Index, path: str = "") -> Expression | None:
        """The gradient of the example's loss by this output; None where only the loss knows how."""
        return None

    def inside(self, view: LossView, index: Index, path: str = "") -> tuple[DerivationStep, ...]:
        """Numbers between this output and the loss, such as softmax's p, as steps of their own."""
        return ()

    def parts(self, view: LossView, example: int) -> tuple[DerivationStep, ...]:
        """The steps that the value of an example is made of."""
        rest = [(index, path) for path in view.wires for index in view.outputs_of(example, path)]
        if len(rest) > FEW:
            return ()
        return tuple({step.name: step for index, path in rest for step in self.inside(view, index, path)}.values())

    def why(self, view: LossView) -> str:
        """Why the loss is what it is, in a sentence."""
        return f"what {view.loss!r} gives"

    def why_gradient(self, view: LossView, index: Index, path: str = "") -> str:
        """Why the gradient is what it is, in a sentence."""
        return f"what the gradient of {view.loss!r} gives"


LOSS_RULES: dict[type[Loss], LossRule] = {}
"""The rule of each class of loss; a class of your own may be added."""


def loss_rule(loss: Any) -> LossRule:
    """The rule of the loss's own class, or the one that holds for any loss."""
    return LOSS_RULES.get(type(loss), LossRule())


def mean_of(terms: list[Expression], count: int) -> Expression:
    """The sum of the terms over ``count``."""
    return divide(total(terms), count)


def divide(formula: Expression, count: int) -> Expression:
    """``formula / count``, or the formula itself where that is 1."""
    return formula if count == 1 else formula / float(count)
