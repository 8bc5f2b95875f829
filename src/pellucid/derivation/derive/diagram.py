"""From a trace to the diagram of its network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import numpy as np

from pellucid.derivation.algebra.diagram import Column, Unit
from pellucid.derivation.algebra.expression import Sum
from pellucid.derivation.algebra.gradient_name import number_name
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.primitives.primitive import Primitive
from pellucid.derivation.trace.names import Names
from pellucid.derivation.trace.trace import Node, Trace, Wire
from pellucid.trees import flatten

MOST_COLUMNS = 40
"""Of a longer network the columns that the derivation names are drawn, the last of them."""

LOOKED_AT = 5_000
"""Only so many units of an array are looked at for those that the derivation names."""


def columns(trace: Trace, names: Names, last: DerivationStep, most: int = 8) -> tuple[Column, ...]:
    """A column for the inputs and for each layer's outputs; what stands side by side inside one layer shares a column.

    Of more than ``most`` units those are kept that lie on the paths of ``last``, then those that it names, then the
    first ones; of more than MOST_COLUMNS, the inputs and the last of those that it names.
    """
    named = _named(last)
    inputs = [_column(wire.name, "input", [wire], names, named, most) for wire in flatten(trace.x).values()]
    inner = [
        _column(title, _layer_name(wires), wires, names, named, most) for title, wires in _side_by_side(trace.nodes)
    ]
    return (*inputs, *_shorten(inner, named))


def _named(last: DerivationStep) -> dict[str, int]:
    """The numbers that the derivation names: 0 for those on its paths, 1 for the others.

    On a path is a number whose gradient is derived, or that is multiplied with one that is.
    """
    derived = {step.name for step in last.walk()}
    named = {number_name(name): 0 for name in derived}
    for step in last.walk():
        for term in step.formula.terms if isinstance(step.formula, Sum) else (step.formula,) if step.formula else ():
            names = {symbol.name for symbol in term.symbols()}
            for name in names:
                named[name] = min(named.get(name, 1), int(not names & derived))
    return named


def _side_by_side(nodes: Iterable[Node]) -> list[tuple[str, list[Wire]]]:
    """The title of each column and its arrays: those of one parent, as far from the inputs as each other, share one."""
    depth: dict[int, int] = {}
    together: dict[tuple[str, int], list[Wire]] = {}
    for node in nodes:
        level = 1 + max((depth.get(id(wire), 0) for wire in node.inputs.values()), default=0)
        for wire in node.outputs.values():
            depth[id(wire)] = level
            parent = wire.name.rpartition("/")[0] if wire.of_examples else wire.name
            together.setdefault((parent or wire.name, level), []).append(wire)
    return [(wires[0].name if len(wires) == 1 else parent, wires) for (parent, _), wires in together.items()]


def _layer_name(wires: list[Wire]) -> str:
    """What makes the arrays of a column, in words where it is a part of a layer."""
    makers = dict.fromkeys(wire.producer.layer for wire in wires if wire.producer)
    if len(makers) == 1 and not any(isinstance(layer, Primitive) for layer in makers):
        return repr(next(iter(makers)))
    kinds = dict.fromkeys(type(layer).__name__ for layer in makers)
    return ", ".join(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower() for kind in kinds)


def _column(title: str, layer: str, wires: list[Wire], names: Names, named: Mapping[str, int], most: int) -> Column:
    units = [unit for wire in wires for unit in _units(wire, names)]
    size = sum(wire.value[0].size for wire in wires)
    if size > most + 1:  # one alone is no rest
        kept = set(sorted(range(len(units)), key=lambda i: named.get(units[i].name, 2))[:most])
        units = [unit for i, unit in enumerate(units) if i in kept]
    return Column(title, layer, size, tuple(units))


def _units(wire: Wire, names: Names) -> Iterator[Unit]:
    places = islice(np.ndindex(wire.value.shape[1:]), LOOKED_AT)
    return (Unit(names.entry(wire, (0, *at)), float(wire.value[(0, *at)])) for at in places)


def _shorten(inner: list[Column], named: Mapping[str, int]) -> Iterator[Column]:
    """Of too many columns those that are named, the last of them; a column says how many are left out."""
    if len(inner) <= MOST_COLUMNS:
        yield from inner
        return
    shown = [i for i, column in enumerate(inner) if any(unit.name in named for unit in column.units)]
    kept = sorted({*shown[-MOST_COLUMNS:], len(inner) - 1})
    before = -1
    for i in kept:
        if i > before + 1:
            yield Column(f"… {i - before - 1} more", "not drawn", 0, ())
        yield inner[i]
        before = i
