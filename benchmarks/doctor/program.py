"""A program: a training, faulty or healthy, as a small description."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks.doctor.data import Parts
from pellucid.diagnosis.case import Case
from pellucid.layer import Layer, Loss
from pellucid.optim import Adam


@dataclass(frozen=True)
class Program:
    """``accepts`` are the findings that name the fault, or one that is cured alike; none for a healthy program.

    ``cured`` changes what the faulty program has: "data", "model", "loss", or an option of ``fit``. A seed with which
    the cured one is not better shows no fault.
    """

    name: str
    family: str
    data: Callable[[int], Parts]
    model: Layer
    loss: Loss
    options: Mapping[str, Any] = field(default_factory=dict)
    accepts: tuple[str, ...] = ()
    cured: Mapping[str, Any] = field(default_factory=dict)

    def case(self, seed: int) -> Case:
        """The training; the seed draws or splits the data."""
        train, held_out = self.data(seed)
        options = {"epochs": 20, "optimizer": Adam(), **self.options}
        return Case(self.model, self.loss, train, held_out, options)

    def cured_case(self, seed: int) -> Case:
        """The training without its fault."""
        own = {name: value for name, value in self.cured.items() if name in ("data", "model", "loss")}
        options = {**self.options, **{name: value for name, value in self.cured.items() if name not in own}}
        return replace(self, **own, options=options).case(seed)
