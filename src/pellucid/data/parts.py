"""Prepared data in three parts, of a kind whose preparation is its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pellucid.data.dataset import Split

P = TypeVar("P")


@dataclass(frozen=True, eq=False)
class Parts(Generic[P]):
    """Training, validation and test part, which ``fit`` takes as they are, and how new data comes into the same form.

    ``notes`` says in sentences what was decided and done on the way.
    """

    name: str
    train: Split
    validation: Split
    test: Split
    preprocessing: P = field(repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
