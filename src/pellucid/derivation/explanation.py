"""The worked example of one gradient: forward, backward, update and check, each line proved before it is shown."""

from __future__ import annotations

import html
import json
import sys
from dataclasses import dataclass
from typing import Any

from pellucid.derivation.algebra.derivation import Derivation
from pellucid.derivation.render.figures import Figures
from pellucid.derivation.render.markdown import as_markdown
from pellucid.derivation.render.page import as_html
from pellucid.derivation.render.record import as_dict
from pellucid.derivation.render.text import as_text


@dataclass(frozen=True)
class Explanation(Derivation):
    """What ``explain`` returns: a derivation that can be written as text, Markdown, HTML or JSON.

    Every formula has been evaluated and compared with the number in the network, and the last line of ``backward``
    with the gradient of the engine.
    """

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
