"""The forward pass as steps: how each number between the layers is computed."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.rules import Entry, Index, View, rule_for
from pellucid.derivation.trace.names import Names
from pellucid.derivation.trace.trace import Trace


class ForwardSteps:
    """Makes a step for a number between layers, each once. A network with at most ``most`` such numbers is small."""

    def __init__(self, trace: Trace, names: Names, most: int) -> None:
        self.trace, self.names, self.most = trace, names, most
        self._known: dict[tuple[int, Index], DerivationStep] = {}

    def output(self, entry: Entry) -> DerivationStep | None:
        """How a number between layers is computed; None for an input of the network."""
        node = entry.wire.producer
        if node is None:
            return None
        key = (id(entry.wire), entry.index)
        if key not in self._known:
            view, rule = View(node, self.names), rule_for(node.layer)
            path = next(path for path, wire in node.outputs.items() if wire is entry.wire)
            formula = rule.output(view, entry.index, path)
            name = self.names.entry(entry.wire, entry.index)
            why = rule.why_at(view, entry.index, path)
            grids = rule.grids(view, entry.index, path)
            self._known[key] = DerivationStep(name, formula, entry.value, why, (), "forward", grids)
        return self._known[key]

    def steps(self, visited: Iterable[Entry]) -> tuple[DerivationStep, ...]:
        """The numbers between layers, in order: all of a small network, of a larger one those in ``visited``."""
        wires = [wire for node in self.trace.nodes for wire in node.outputs.values()]
        if sum(wire.value.size for wire in wires) <= self.most:
            entries = [Entry(wire, index) for wire in wires for index in np.ndindex(wire.value.shape)]
        else:
            order = {id(wire): i for i, wire in enumerate(wires)}
            between = [entry for entry in visited if id(entry.wire) in order]
            entries = sorted(between, key=lambda entry: (order[id(entry.wire)], entry.index))
        return tuple(step for entry in entries if (step := self.output(entry)) is not None)

    def omission(self, steps: tuple[DerivationStep, ...]) -> str:
        """A sentence that says how many numbers between the layers are not among ``steps``; "" where all are."""
        count = sum(wire.value.size for node in self.trace.nodes for wire in node.outputs.values())
        if len(steps) == count:
            return ""
        return (
            f"Of {count:,} numbers between the layers {len(steps)} are derived here; the others, and their "
            "gradients, stand as the network computed them."
        )
