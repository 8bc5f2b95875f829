"""The units of a network in columns, as a picture shows them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import numpy as np

from pellucid.derivation.names import Names
from pellucid.derivation.step import Step
from pellucid.derivation.trace import Trace, Wire
from pellucid.trees import flatten


@dataclass(frozen=True)
class Unit:
    """One number between layers, by its ``name``."""

    name: str
    value: float


@dataclass(frozen=True)
class Column:
    """What a layer gives for the first example: ``size`` numbers, of which ``units`` are some."""

    title: str
    layer: str
    size: int
    units: tuple[Unit, ...]


def columns(trace: Trace, names: Names, last: Step, most: int = 8, looked_at: int = 5_000) -> tuple[Column, ...]:
    """A column for the inputs and for each layer's outputs.

    Of more than ``most`` units those are kept that the derivation of ``last`` names, then the first ones; only the
    first ``looked_at`` of a column are looked at.
    """
    named = {step.name.removeprefix("∂E/∂") for step in last.walk()}
    for step in last.walk():
        named |= {symbol.name for symbol in step.formula.symbols()} if step.formula else set()

    def column(wire: Wire, layer: str) -> Column:
        places = islice(np.ndindex(wire.value.shape[1:]), looked_at)
        units = [Unit(names.entry(wire, (0, *at)), float(wire.value[(0, *at)])) for at in places]
        kept = set(sorted(range(len(units)), key=lambda i: units[i].name not in named)[:most])
        shown = tuple(unit for i, unit in enumerate(units) if i in kept)
        return Column(wire.name, layer, wire.value[0].size, shown)

    inputs = [column(wire, "input") for wire in flatten(trace.x).values()]
    return (*inputs, *(column(wire, repr(node.layer)) for node in trace.nodes for wire in node.outputs.values()))
