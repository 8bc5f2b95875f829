"""A change of one thing about a training."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pellucid.diagnosis.case import Case
from pellucid.layer import Layer


@dataclass(frozen=True, eq=False)
class Change:
    """One change: what it is called, the fault that it would cure, and the case with it.

    ``cure`` says it as settings of ``fit`` or, for what is done to data and network, in words. ``cost`` is how many
    times as long the training then takes.
    """

    name: str
    fault: str
    apply: Callable[[Case], Case]
    cure: Mapping[str, Any] = field(default_factory=dict)
    cost: float = 1.0


MakeChanges = Callable[[Case], list[Change]]
"""The changes of one kind that make sense for a case."""


def change_of_options(name: str, fault: str, cost: float = 1.0, **options: Any) -> Change:
    """A change of these options of ``fit``."""
    return Change(name, fault, lambda case: case.with_options(**options), options, cost)


def change_of_network(name: str, fault: str, model: Layer, cost: float = 1.0) -> Change:
    """Another network in the place of the case's."""
    return Change(name, fault, lambda case: replace(case, model=model), {"model": model}, cost)
