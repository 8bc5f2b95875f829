"""The loss as steps: its value, and the gradients by its outputs, with which the backward pass begins."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pellucid.derivation.algebra.expression import Expression, Negative, Symbol, total
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.rules import Entry, LossView, loss_rule
from pellucid.derivation.trace.names import Names
from pellucid.derivation.trace.terms import Term
from pellucid.derivation.trace.trace import Trace, Wire


class LossSteps:
    """Makes the steps that are about the loss and its ``terms``.

    Of many examples the ``wide`` largest are derived; the numbers inside a loss, for at most ``most`` outputs.
    """

    def __init__(self, trace: Trace, names: Names, terms: list[Term], wide: int, most: int) -> None:
        self.trace, self.names, self.terms = trace, names, terms
        self.wide, self.most = wide, most
        self._views: dict[Term, LossView] = {}
        self._inside: dict[tuple[Term, str], DerivationStep] = {}

    @cached_property
    def error(self) -> DerivationStep:
        """The loss: the mean over the examples, each a sum over the terms of the loss."""
        if len(self.trace.values) == 1:
            return self._example(0)
        shares = [float(share) for share in self.trace.share]
        symbols: list[Expression] = [Symbol(f"E[{i}]", float(value)) for i, value in enumerate(self.trace.values)]
        chosen = list(range(len(shares)))
        if not self._is_small:
            chosen = sorted(sorted(chosen, key=lambda i: -abs(shares[i] * symbols[i].value))[: self.wide])
        if self._are_alike:
            formula = total(symbols) / len(shares)
        else:
            formula = total([share * symbol for share, symbol in zip(shares, symbols, strict=True)])
        parts = tuple(map(self._example, chosen))
        return DerivationStep("E", formula, self.trace.error, "the mean over the examples", parts, "forward")

    def terms_of(self, wire: Wire) -> Iterator[tuple[Term, str]]:
        """The terms of the loss that look at the wire, and where it is among their outputs."""
        return ((term, path) for term in self.terms for path, seen in term.wires.items() if seen is wire)

    def gradient(self, term: Term, entry: Entry, path: str) -> tuple[Expression | None, str]:
        """The gradient of a term by an output, and why it is that; no formula where only the loss knows one."""
        rule, view = loss_rule(term.loss), self._view(term)
        formula = rule.gradient(view, entry.index, path)
        if formula is not None:
            formula = self._shared(formula, term.weight, entry.index[0])
        return formula, rule.why_gradient(view, entry.index, path)

    def _shared(self, formula: Expression, weight: float, example: int) -> Expression:
        """The part that it has in the loss: by the weight of its term, and the share of its example."""
        count = len(self.trace.share)
        if not self._are_alike:
            weight *= float(self.trace.share[example])
        if weight != 1.0:
            formula = weight * formula
        if not self._are_alike or count == 1:
            return formula
        return -(formula.inside / count) if isinstance(formula, Negative) else formula / count

    @cached_property
    def _are_alike(self) -> bool:
        """Whether every example counts alike."""
        return bool((self.trace.share == 1.0 / len(self.trace.share)).all())

    def reasons(self, entry: Entry) -> list[str]:
        """Why the gradient is what it is for each term of the loss that depends on the number."""
        return [self.gradient(term, entry, path)[1] for term, path in self.terms_of(entry.wire)]

    def inside(self, term: Term, entry: Entry, path: str) -> tuple[DerivationStep, ...]:
        """The numbers inside the loss that the gradient by an output needs, but those that are parts of the error."""
        steps = self._once(term, loss_rule(term.loss).inside(self._view(term), entry.index, path))
        return tuple(step for step in steps if step.name not in self._names_in_error)

    @property
    def _is_small(self) -> bool:
        """Whether the outputs are few enough to derive the part of each in the loss."""
        return sum(wire.value.size for term in self.terms for wire in term.wires.values()) <= self.most

    def _example(self, example: int) -> DerivationStep:
        name = self._of_example("E", example)
        if len(self.terms) == 1 and not self.terms[0].name:
            return self._term(self.terms[0], example, name)
        value = float(self.trace.values[example])
        parts = tuple(self._term(term, example, self._of_example(f"E_{term.name}", example)) for term in self.terms)
        weighted = zip(self.terms, parts, strict=True)
        formula = total([term.weight * Symbol(part.name, part.value) for term, part in weighted])
        return DerivationStep(name, formula, value, "the terms of the loss, each by its weight", parts, "forward")

    def _of_example(self, name: str, example: int) -> str:
        return name if len(self.trace.values) == 1 else f"{name}[{example}]"

    def _term(self, term: Term, example: int, name: str) -> DerivationStep:
        rule, view = loss_rule(term.loss), self._view(term)
        parts = self._once(term, rule.parts(view, example)) if self._is_small else ()
        return DerivationStep(
            name, rule.value(view, example), float(term.values[example]), rule.why(view), parts, "forward"
        )

    def _once(self, term: Term, steps: tuple[DerivationStep, ...]) -> tuple[DerivationStep, ...]:
        """The same steps, those already made for this term as they were."""
        return tuple(self._inside.setdefault((term, step.name), step) for step in steps)

    @cached_property
    def _names_in_error(self) -> set[str]:
        return {step.name for step in self.error.walk()}

    def _view(self, term: Term) -> LossView:
        if term not in self._views:
            self._views[term] = LossView(term.loss, term.wires, term.target, self.names, term.name)
        return self._views[term]
