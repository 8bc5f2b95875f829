"""From a trace to a derivation: the steps of any number of the network."""

from __future__ import annotations

from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.derive.backward import BackwardSteps
from pellucid.derivation.derive.forward import ForwardSteps
from pellucid.derivation.derive.loss_steps import LossSteps
from pellucid.derivation.rules import Entry, Index
from pellucid.derivation.trace.names import Names
from pellucid.derivation.trace.terms import Term
from pellucid.derivation.trace.trace import Node, Trace


class Deriver:
    """Makes the steps of the forward pass, of the loss and of the backward pass, each once.

    Of a long sum the ``wide`` largest terms are followed further, the others stand as numbers; after ``most`` steps
    nothing is followed further.
    """

    def __init__(self, trace: Trace, names: Names, terms: list[Term], wide: int = 8, most: int = 120) -> None:
        self.trace, self.names, self.most = trace, names, most
        self.loss_steps = LossSteps(trace, names, terms, wide, most)
        self._forward = ForwardSteps(trace, names, most)
        self._backward = BackwardSteps(names, self.loss_steps, wide, most)

    def output(self, entry: Entry) -> DerivationStep | None:
        """How a number between layers is computed; None for an input of the network."""
        return self._forward.output(entry)

    def forward(self) -> tuple[DerivationStep, ...]:
        """The numbers between layers: all of a small network, of a larger one those on the paths derived so far."""
        return self._forward.steps(self._backward.visited)

    def omission(self, forward: tuple[DerivationStep, ...]) -> str:
        """How many numbers between the layers ``forward`` leaves out, in a sentence; "" where it has all."""
        return self._forward.omission(forward)

    @property
    def error(self) -> DerivationStep:
        """The loss, with the steps behind it."""
        return self.loss_steps.error

    def weight(self, nodes: list[Node], path: str, index: Index) -> DerivationStep:
        """The gradient by a weight that all ``nodes`` use."""
        return self._backward.weight(nodes, path, index)

    def entry(self, entry: Entry) -> DerivationStep:
        """The gradient by a number between layers, or by an input."""
        return self._backward.entry(entry)
