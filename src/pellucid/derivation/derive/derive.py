"""From a trace to a derivation: for any number of the network, where it comes from, a step at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple, TypeAlias

import numpy as np

from pellucid.derivation.algebra.expression import Expression, Symbol, total
from pellucid.derivation.algebra.step import Step
from pellucid.derivation.derive.loss_steps import AtLoss
from pellucid.derivation.rules import Entry, Index, View, rule_for
from pellucid.derivation.trace.names import Names
from pellucid.derivation.trace.terms import Term
from pellucid.derivation.trace.trace import Node, Trace, Wire
from pellucid.trees import flatten

Terms: TypeAlias = list[tuple[Expression, Entry | None]]
"""The terms of a gradient, each with the number that it comes by; None for the loss itself."""

Known: TypeAlias = tuple[int, Index, str]
"""What a derived number is kept under: its wire, its place, and whether itself or its gradient."""


class Deriver:
    """Makes steps. A number is derived once, however many others need it.

    Of a long sum the ``wide`` largest terms are followed further, the others stand as numbers; after ``most`` steps
    nothing is followed further.
    """

    def __init__(self, trace: Trace, names: Names, terms: list[Term], wide: int = 8, most: int = 120) -> None:
        self.trace, self.names = trace, names
        self.wide, self.most = wide, most
        self._known: dict[Known, Step] = {}
        self._met: list[Entry] = []
        self.at_loss = AtLoss(trace, names, terms, wide, most)

    def output(self, entry: Entry) -> Step | None:
        """How a number between layers came about, with the steps behind it; None for an input of the network."""
        node = entry.wire.maker
        if node is None:
            return None
        key = (id(entry.wire), entry.index, "forward")
        if key not in self._known:
            view, rule = View(node, self.names), rule_for(node.layer)
            path = next(path for path, wire in node.outputs.items() if wire is entry.wire)
            formula = rule.output(view, entry.index, path)
            name = self.names.entry(entry.wire, entry.index)
            why = rule.why_at(view, entry.index, path)
            grids = rule.grids(view, entry.index, path)
            self._known[key] = Step(name, formula, entry.value, why, (), "forward", grids)
        return self._known[key]

    def forward(self) -> tuple[Step, ...]:
        """The numbers between layers, in order: all of a small network, of a larger one those that the way back met."""
        wires = [wire for node in self.trace.nodes for wire in node.outputs.values()]
        if sum(wire.value.size for wire in wires) <= self.most:
            entries = [Entry(wire, index) for wire in wires for index in np.ndindex(wire.value.shape)]
        else:
            order = {id(wire): i for i, wire in enumerate(wires)}
            met = [entry for entry in self._met if id(entry.wire) in order]
            entries = sorted(met, key=lambda entry: (order[id(entry.wire)], entry.index))
        return tuple(step for entry in entries if (step := self.output(entry)) is not None)

    def taken_as_given(self, forward: tuple[Step, ...]) -> str:
        """What there is to say where ``forward`` does not have all numbers between the layers."""
        count = sum(wire.value.size for node in self.trace.nodes for wire in node.outputs.values())
        if len(forward) == count:
            return ""
        return (
            f"Of {count:,} numbers between the layers {len(forward)} are worked out here; units not on the way, and "
            "what comes back to them, are taken as given."
        )

    @property
    def error(self) -> Step:
        """The loss, with the steps behind it."""
        return self.at_loss.error

    def weight(self, nodes: list[Node], path: str, index: Index) -> Step:
        """The gradient by a weight: the sum, over all outputs that it moves, of gradient times slope.

        ``nodes`` are all that use the weight: one, or one for each step of a recurrent layer.
        """
        name = self.names.gradient(self.names.weight(nodes[0], path, index))
        value = float(sum(flatten(node.dparams)[path][index] for node in nodes))
        terms: Terms = []
        for node in nodes:
            links = rule_for(node.layer).by_weight(View(node, self.names), path, index)
            if links is None:
                return Step(name, None, value, f"what the backward pass of {node.layer!r} gives")
            terms += [(self._chain(link.entry, link.slope), link.entry) for link in links]
        reasons = (rule_for(node.layer).why_weight(View(node, self.names), path) for node in nodes)
        why = "; and ".join(dict.fromkeys(reasons))
        return Step(name, _summed(terms), value, why, self._behind(terms))

    def entry(self, entry: Entry) -> Step:
        """The gradient by a number between layers: over all its ways to the loss."""
        key = _backward(entry)
        if key not in self._known:
            self._derive(entry)
        return self._known[key]

    def _derive(self, entry: Entry) -> None:
        """Derive a gradient and those behind it: each after all that it needs, however long the way."""
        open_ = [self._begun(entry)]
        while open_:
            step, key, behind, parts = open_[-1]
            following = next(behind, None)
            if following is None:
                open_.pop()
                self._known[key] = replace(step, parts=tuple(parts))
                if open_:
                    open_[-1].parts.append(self._known[key])
            elif _backward(following) in self._known:
                parts.append(self._known[_backward(following)])
            elif len(self._known) + len(open_) < self.most:
                open_.append(self._begun(following))

    def _begun(self, entry: Entry) -> _Open:
        self._met.append(entry)
        step, terms = self._entry(entry)
        return _Open(step, _backward(entry), self._largest(terms), list(step.parts))

    def _entry(self, entry: Entry) -> tuple[Step, Terms]:
        name = self.names.gradient(self.names.entry(entry.wire, entry.index))
        terms: Terms = []
        reasons: list[str] = []
        idle: list[str] = []
        inside: tuple[Step, ...] = ()
        for term, path in self.at_loss.looking_at(entry.wire):
            formula, why = self.at_loss.gradient(term, entry, path)
            if formula is None:
                return Step(name, None, entry.gradient, why), []
            terms.append((formula, None))
            reasons.append(why)
            inside += self.at_loss.inside(term, entry, path)
        for node, path in uses(entry.wire):
            view, rule = View(node, self.names), rule_for(node.layer)
            links = rule.by_input(view, entry.index, path)
            if links is None:
                return Step(name, None, entry.gradient, f"what the backward pass of {node.layer!r} gives"), []
            found = [(self._chain(link.entry, link.slope), link.entry) for link in links]
            terms += found
            (reasons if found else idle).append(rule.why_input(view, entry.index, path))
        why = "; and ".join(dict.fromkeys(reasons or idle)) or "it leads nowhere: the loss does not depend on it"
        return Step(name, _summed(terms), entry.gradient, why, inside), terms

    def _chain(self, entry: Entry, slope: Expression) -> Expression:
        """The chain rule for one way: the gradient by the output, times how much the output moves."""
        name = self.names.gradient(self.names.entry(entry.wire, entry.index))
        return Symbol(name, entry.gradient) * slope

    def _behind(self, terms: Terms) -> tuple[Step, ...]:
        """The derivations of the largest terms' gradients."""
        return tuple(self.entry(entry) for entry in self._largest(terms) if len(self._known) < self.most)

    def _largest(self, terms: Terms) -> Iterator[Entry]:
        largest = sorted(terms, key=lambda pair: -abs(pair[0].value))[: self.wide]
        return (entry for _, entry in largest if entry)


class _Open(NamedTuple):
    """A step whose parts are being derived: those to come, and those that are there."""

    step: Step
    key: Known
    behind: Iterator[Entry]
    parts: list[Step]


def _backward(entry: Entry) -> Known:
    return (id(entry.wire), entry.index, "backward")


def uses(wire: Wire) -> Iterator[tuple[Node, str]]:
    """Every layer that takes the wire, and where."""
    for node in dict.fromkeys(wire.takers):
        yield from ((node, path) for path, taken in node.inputs.items() if taken is wire)


def _summed(terms: Terms) -> Expression:
    return total([expression for expression, _ in terms])
