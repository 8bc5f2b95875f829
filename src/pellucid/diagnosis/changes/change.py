"""A change of one thing about a training."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pellucid.diagnosis.case import Case


@dataclass(frozen=True, eq=False)
class Change:
    """One change: what it is called, the fault that it would cure, and the case with it.

    ``cure`` says it as settings of ``fit`` or, for what is done to data and network, in words. ``cost`` is how much
    longer the training then takes; ``work`` says whether that is more work, which a comparison must say.
    """

    name: str
    fault: str
    apply: Callable[[Case], Case]
    cure: Mapping[str, Any] = field(default_factory=dict)
    cost: float = 1.0


MakeChanges = Callable[[Case], list[Change]]
"""The changes of one kind that make sense for a case."""
