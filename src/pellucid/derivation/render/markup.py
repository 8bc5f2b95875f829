"""Formulas and names in HTML: nothing but text, <sub>, <sup> and fractions that the style sheet draws."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

from pellucid.derivation.algebra.expression import Expression, Symbol
from pellucid.derivation.render.figures import Figures
from pellucid.derivation.render.naming import add_hat, label, ratio
from pellucid.derivation.render.notation import ATOM, POWER, Notation, Written


class Markup(Notation):
    """Formulas for a page. A symbol of ``origins`` is a link to the line it came from, ``#s6``.

    With ``numbers`` its number is shown, and no key stops at the link: its name above has one.
    """

    times = " ·\N{NO-BREAK SPACE}"
    plus = " +\N{NO-BREAK SPACE}"
    minus = " −\N{NO-BREAK SPACE}"
    negative = "−"

    def __init__(self, origins: Mapping[str, int], numbers: bool, figures: Figures, most: int = 8) -> None:
        super().__init__(None, figures, most)
        self.origins, self.numbers = origins, numbers

    def number(self, number: float) -> str:
        mantissa, _, exponent = self.figures.format(number).replace("-", "−").partition("e")
        return f"{mantissa}×10<sup>{exponent.lstrip('+0').replace('−0', '−')}</sup>" if exponent else mantissa

    def bracket(self, text: str) -> str:
        return f"({text})"

    def quotient(self, above: Expression, below: Expression) -> Written:
        return fraction(self.without_brackets(above), self.without_brackets(below)), POWER

    def power(self, base: Expression, exponent: Expression) -> str:
        text = self.inside(base, ATOM)
        if not text.startswith("(") and ("<sup>" in text or "class=q" in text):
            text = self.bracket(text)
        return f"{text}<sup>{self.without_brackets(exponent)}</sup>"

    def call(self, function: str, arguments: tuple[Expression, ...]) -> str:
        inside = ", ".join(map(self.without_brackets, arguments))
        match function:
            case "exp":
                return "exp" + self.bracket(inside) if "class=q" in inside else f"e<sup>{inside}</sup>"
            case "sqrt":
                return f"√<span class=o>{inside}</span>"
            case "abs":
                return f"|{inside}|"
        return function + self.bracket(inside)

    def rest(self, count: int, value: float) -> str:
        return f"<em>[{count} smaller terms: {self.number(value)}]</em>"

    def symbol(self, symbol: Symbol, number: Callable[[float], str]) -> str:
        shown = number(symbol.number) if self.numbers else name_markup(symbol.name)
        line = self.origins.get(symbol.name)
        stop = " tabindex=-1" if self.numbers else ""
        return shown if line is None else f"<a href=#s{line}{stop}>{shown}</a>"


def prose(words: str) -> str:
    """Words, with what stands between double back-ticks as code."""
    return re.sub("``(.+?)``", r"<code>\1</code>", escape(words))


def fraction(above: str, below: str) -> str:
    """One over the other; the stroke between is for those who copy it or hear it read."""
    return f"<span class=q><span>{above}</span><s>/</s><span>{below}</span></span>"


def name_markup(name: str) -> str:
    """A name as in a book: ``W[0, 1]`` is W with 0,1 below, ``∂E/∂w5`` a fraction."""
    parts = ratio(name)
    if parts:
        above, below = map(name_markup, parts)
        return fraction("∂" + above, "∂" + below)
    it = label(name)
    below = f"<sub>{escape(it.below.replace(' ', ''))}</sub>" if it.below else ""
    return f"{escape(it.before)}<i>{escape(add_hat(it.base))}</i>{below}{it.after}"
