"""A network as a diagram: columns of units."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """One number between layers, by its ``name``."""

    name: str
    value: float


@dataclass(frozen=True)
class Column:
    """What a layer gives for the first example: ``size`` numbers, of which ``units`` are some.

    One of size 0 stands for columns that are left out, and its title says how many.
    """

    title: str
    layer: str
    size: int
    units: tuple[Unit, ...]
