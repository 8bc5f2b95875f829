"""The value of a derivation: forward, backward, update and check of one gradient, each section a tuple of steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pellucid.derivation.algebra.diagram import Column
from pellucid.derivation.algebra.step import DerivationStep


@dataclass(frozen=True)
class Derivation:
    """The steps by section. ``subject`` is what is derived, ``value`` its gradient.

    ``chain`` is the chain rule along each single path, where there are few; ``network`` is the diagram of the network.
    ``note`` says why the gradient is exactly zero, where it is; ``omitted`` what of a larger network is not derived.
    """

    subject: str
    value: float
    forward: tuple[DerivationStep, ...]
    backward: tuple[DerivationStep, ...]
    update: tuple[DerivationStep, ...] = ()
    check: tuple[DerivationStep, ...] = ()
    chain: tuple[DerivationStep, ...] = ()
    network: tuple[Column, ...] = ()
    note: str = ""
    omitted: str = ""

    def sections(self) -> Mapping[str, tuple[DerivationStep, ...]]:
        """The sections that are there, by name, in order."""
        all_ = {
            "forward": self.forward,
            "backward": self.backward + self.chain,
            "update": self.update,
            "check": self.check,
        }
        return {name: steps for name, steps in all_.items() if steps}

    def steps(self) -> Iterator[DerivationStep]:
        """Every step, those first that others need."""
        for steps in self.sections().values():
            for step in steps:
                yield from step.walk()

    def verify(self) -> None:
        """Raise ExplainError unless every formula gives its value."""
        for steps in self.sections().values():
            for step in steps:
                step.check()
