"""A derivation as one HTML page that needs nothing else."""

from __future__ import annotations

from html import escape
from importlib import resources

from pellucid.derivation.algebra.derivation import Derivation
from pellucid.derivation.render.cards import Cards
from pellucid.derivation.render.drawing import drawing
from pellucid.derivation.render.figures import Figures
from pellucid.derivation.render.outline import answer_of, outline
from pellucid.derivation.render.summary import summary
from pellucid.page import tokens


def as_html(derivation: Derivation, figures: Figures, most: int = 8) -> str:
    """A summary, the network drawn, and every section with its steps; style and script, short ones, are inside."""
    sections = outline(derivation)
    answer = answer_of(derivation, sections)
    cards = Cards(figures, most, answer.number if answer else 0)
    style, script = (_file(name) for name in ("page.css", "page.js"))
    return (
        '<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n<meta name=viewport content="width=device-width">\n'
        f"<title>{escape(derivation.subject)}, step by step</title>\n<style>\n{tokens()}{style}</style>\n"
        f"<main>\n{summary(derivation, sections, cards)}{drawing(derivation.network, sections, derivation.subject)}\n"
        f"{''.join(map(cards.section, sections))}</main>\n"
        f"<aside id=origin aria-label=Origin hidden></aside>\n<script>\n{script}</script>\n</html>\n"
    )


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
