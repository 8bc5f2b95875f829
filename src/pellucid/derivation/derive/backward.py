"""The backward pass as steps: the gradient by a weight, by a number between layers, or by an input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from pellucid.derivation.algebra.expression import Expression, Symbol, total
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.derive.loss_steps import LossSteps
from pellucid.derivation.rules import Entry, Index, View, rule_for
from pellucid.derivation.trace.names import Names
from pellucid.derivation.trace.trace import Node, Wire
from pellucid.trees import flatten

Terms: TypeAlias = list[tuple[Expression, Entry | None]]
"""The terms of a gradient, each with the number that it comes by; None for the loss itself."""

Known: TypeAlias = tuple[int, Index]
"""What a derived gradient is kept under: the wire of its number, and the index there."""


class BackwardSteps:
    """Makes the step of a gradient and all steps behind it, each once.

    Of a long sum the ``wide`` largest terms are followed further, the others stand as numbers; after ``most`` steps
    nothing is followed further. ``visited`` are the numbers between layers whose gradients were derived.
    """

    def __init__(self, names: Names, loss_steps: LossSteps, wide: int, most: int) -> None:
        self.names, self.loss_steps = names, loss_steps
        self.wide, self.most = wide, most
        self.visited: list[Entry] = []
        self._known: dict[Known, DerivationStep] = {}

    def weight(self, nodes: list[Node], path: str, index: Index) -> DerivationStep:
        """The gradient by a weight: the sum, over all outputs that it moves, of gradient times slope.

        ``nodes`` are all that use the weight: one, or one for each step of a recurrent layer.
        """
        name = self.names.gradient(self.names.weight(nodes[0], path, index))
        value = float(sum(flatten(node.dparams)[path][index] for node in nodes))
        terms: Terms = []
        for node in nodes:
            links = rule_for(node.layer).by_weight(View(node, self.names), path, index)
            if links is None:
                return DerivationStep(name, None, value, f"what the backward pass of {node.layer!r} gives")
            terms += [(self._chain(link.entry, link.slope), link.entry) for link in links]
        reasons = (rule_for(node.layer).why_weight(View(node, self.names), path) for node in nodes)
        why = "; and ".join(dict.fromkeys(reasons))
        return DerivationStep(name, _total(terms), value, why, self._behind(terms))

    def entry(self, entry: Entry) -> DerivationStep:
        """The gradient by a number between layers: the sum over all paths from it to the loss."""
        key = _key(entry)
        if key not in self._known:
            self._derive(entry)
        return self._known[key]

    def _derive(self, entry: Entry) -> None:
        """Derive a gradient and those behind it: each after all that it needs, however long the path."""
        open_ = [self._open(entry)]
        while open_:
            step, key, behind, parts = open_[-1]
            following = next(behind, None)
            if following is None:
                open_.pop()
                self._known[key] = replace(step, parts=tuple(parts))
                if open_:
                    open_[-1].parts.append(self._known[key])
            elif _key(following) in self._known:
                parts.append(self._known[_key(following)])
            elif len(self._known) + len(open_) < self.most:
                open_.append(self._open(following))

    def _open(self, entry: Entry) -> _Open:
        self.visited.append(entry)
        step, terms = self._entry(entry)
        return _Open(step, _key(entry), self._largest(terms), list(step.parts))

    def _entry(self, entry: Entry) -> tuple[DerivationStep, Terms]:
        name = self.names.gradient(self.names.entry(entry.wire, entry.index))
        terms: Terms = []
        reasons: list[str] = []
        idle: list[str] = []
        inside: tuple[DerivationStep, ...] = ()
        for term, path in self.loss_steps.terms_of(entry.wire):
            formula, why = self.loss_steps.gradient(term, entry, path)
            if formula is None:
                return DerivationStep(name, None, entry.gradient, why), []
            terms.append((formula, None))
            reasons.append(why)
            inside += self.loss_steps.inside(term, entry, path)
        for node, path in uses(entry.wire):
            view, rule = View(node, self.names), rule_for(node.layer)
            links = rule.by_input(view, entry.index, path)
            if links is None:
                return DerivationStep(name, None, entry.gradient, f"what the backward pass of {node.layer!r} gives"), []
            found = [(self._chain(link.entry, link.slope), link.entry) for link in links]
            terms += found
            (reasons if found else idle).append(rule.why_input(view, entry.index, path))
        why = "; and ".join(dict.fromkeys(reasons or idle)) or "no path leads to the loss, which does not depend on it"
        return DerivationStep(name, _total(terms), entry.gradient, why, inside), terms

    def _chain(self, entry: Entry, slope: Expression) -> Expression:
        """The chain rule for one path: the gradient by the output, times the slope of the output."""
        name = self.names.gradient(self.names.entry(entry.wire, entry.index))
        return Symbol(name, entry.gradient) * slope

    def _behind(self, terms: Terms) -> tuple[DerivationStep, ...]:
        """The derivations of the largest terms' gradients."""
        return tuple(self.entry(entry) for entry in self._largest(terms) if len(self._known) < self.most)

    def _largest(self, terms: Terms) -> Iterator[Entry]:
        largest = sorted(terms, key=lambda pair: -abs(pair[0].value))[: self.wide]
        return (entry for _, entry in largest if entry)


class _Open(NamedTuple):
    """A step whose parts are being derived: those to come, and those that are there."""

    step: DerivationStep
    key: Known
    behind: Iterator[Entry]
    parts: list[DerivationStep]


def _key(entry: Entry) -> Known:
    return (id(entry.wire), entry.index)


def uses(wire: Wire) -> Iterator[tuple[Node, str]]:
    """Every layer that takes the wire, and where."""
    for node in dict.fromkeys(wire.consumers):
        yield from ((node, path) for path, taken in node.inputs.items() if taken is wire)


def _total(terms: Terms) -> Expression:
    return total([expression for expression, _ in terms])
