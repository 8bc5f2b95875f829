"""The worked example of one gradient: forward, backward, update and check, each line proved before it is shown."""

from __future__ import annotations

import html
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pellucid.derivation.algebra.step import Step
from pellucid.derivation.render.figures import Figures
from pellucid.derivation.render.markdown import as_markdown
from pellucid.derivation.render.page import as_html
from pellucid.derivation.render.record import as_dict
from pellucid.derivation.render.text import as_text
from pellucid.derivation.trace.layout import Column


@dataclass(frozen=True)
class Explanation:
    """What ``explain`` gives. Each section is a tuple of steps; ``subject`` is what is derived, ``value`` its gradient.
    ``chain`` is the chain rule along each single path, where there are few; ``network`` is what a picture shows.

    Every formula has been worked out and compared with what the network has, and the last line of ``backward`` with
    the gradient of the engine. ``note`` says why the gradient is exactly zero, where it is; ``given`` what of a larger
    network is not worked out.
    """

    subject: str
    value: float
    forward: tuple[Step, ...]
    backward: tuple[Step, ...]
    update: tuple[Step, ...] = ()
    check: tuple[Step, ...] = ()
    chain: tuple[Step, ...] = ()
    network: tuple[Column, ...] = ()
    note: str = ""
    given: str = ""

    def sections(self) -> Mapping[str, tuple[Step, ...]]:
        """The sections that are there, by name, in order."""
        all_ = {
            "forward": self.forward,
            "backward": self.backward + self.chain,
            "update": self.update,
            "check": self.check,
        }
        return {name: steps for name, steps in all_.items() if steps}

    def steps(self) -> Iterator[Step]:
        """Every step, those first that others need."""
        for steps in self.sections().values():
            for step in steps:
                yield from step.walk()

    def verify(self) -> None:
        """Raise ExplainError unless every formula gives its value."""
        for steps in self.sections().values():
            for step in steps:
                step.check()

    def text(
        self,
        digits: int = 6,
        width: int = 80,
        most: int = 8,
        full: bool = False,
        decimals: int | None = None,
        ascii: bool = False,  # noqa: A002
    ) -> str:
        """For a terminal: lines of at most ``width``, numbers to so many significant ``digits``.

        With ``decimals`` they go to so many places after the point, as in textbooks; tiny ones keep ``digits``.
        Of a long sum the ``most`` largest terms are shown and the sum of the rest, of a section of more than a hundred
        steps the first and the last; with ``full`` all of them.
        With ``ascii`` there are no other signs: ``dE/dw`` for ∂E/∂w.
        """
        return as_text(self, Figures(digits, decimals), sys.maxsize if full else most, width, ascii)

    def markdown(self, digits: int = 6, most: int = 8, full: bool = False, decimals: int | None = None) -> str:
        """Markdown with its formulas in LaTeX, between dollar signs."""
        return as_markdown(self, Figures(digits, decimals), sys.maxsize if full else most)

    def html(self, digits: int = 6, most: int = 8, full: bool = False, decimals: int | None = None) -> str:
        """A page that needs nothing else: with a picture of the network; a symbol lights up where it came from."""
        return as_html(self, Figures(digits, decimals), sys.maxsize if full else most)

    def to_dict(self) -> dict[str, Any]:
        """Every step at full precision, as plain data: see ``pellucid.derivation.render.record`` for what is in it."""
        return as_dict(self)

    def json(self, indent: int | None = 2) -> str:
        """``to_dict`` as JSON."""
        return json.dumps(self.to_dict(), indent=indent, ensure_ascii=False, allow_nan=False)

    def __str__(self) -> str:
        return self.text()

    def _repr_markdown_(self) -> str:
        return self.markdown()

    def _repr_html_(self) -> str:
        page = html.escape(self.html())
        return f'<iframe srcdoc="{page}" style="width: 100%; height: 40rem; border: 0"></iframe>'
