"""Formulas and names in LaTeX."""

from __future__ import annotations

import re

from pellucid.derivation.algebra.expression import Expression, Symbol
from pellucid.derivation.render.naming import label, ratio
from pellucid.derivation.render.notation import ATOM, POWER, Notation, Written

SPECIAL = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{sign: f"\\{sign}" for sign in "#$%&_{}"},
}
"""What has a meaning of its own in LaTeX."""

GREEK = {"alpha", "beta", "gamma", "delta", "epsilon", "eta", "theta", "lambda", "mu", "rho", "sigma", "tau"}
"""Names that are letters."""

KNOWN = {"ln": r"\ln", "max": r"\max", "min": r"\min", "tanh": r"\tanh"}
"""Functions that LaTeX knows."""


class Latex(Notation):
    """Formulas as a book sets them: fractions, exponents, roots."""

    times = r" \cdot "

    def number(self, number: float) -> str:
        mantissa, _, exponent = self.figures.format(number).partition("e")
        mantissa = {"inf": r"\infty", "-inf": r"-\infty", "nan": r"\text{nan}"}.get(mantissa, mantissa)
        return rf"{mantissa} \times 10^{{{int(exponent)}}}" if exponent else mantissa

    def bracket(self, text: str) -> str:
        return rf"\left({text}\right)"

    def quotient(self, above: Expression, below: Expression) -> Written:
        return rf"\frac{{{self.without_brackets(above)}}}{{{self.without_brackets(below)}}}", POWER

    def power(self, base: Expression, exponent: Expression) -> str:
        return f"{{{self._base(base)}}}^{{{self.without_brackets(exponent)}}}"

    def call(self, function: str, arguments: tuple[Expression, ...]) -> str:
        inside = ", ".join(map(self.without_brackets, arguments))
        match function:
            case "exp":
                return rf"\exp{self.bracket(inside)}" if r"\frac" in inside else f"e^{{{inside}}}"
            case "sqrt":
                return rf"\sqrt{{{inside}}}"
            case "abs":
                return rf"\left|{inside}\right|"
        return KNOWN.get(function, rf"\operatorname{{{function}}}") + self.bracket(inside)

    def rest(self, count: int, value: float) -> str:
        return rf"\underbrace{{{self.constant(value)}}}_{{\text{{{count} smaller terms}}}}"

    def _base(self, base: Expression) -> str:
        text = self.inside(base, ATOM)
        return self.bracket(text) if not text.startswith(r"\left(") and re.search(r"\^|\\times|\\frac", text) else text


def latex_symbol(symbol: Symbol) -> str:
    """A symbol by its name."""
    return latex_name(symbol.name)


def latex_name(name: str) -> str:
    r"""``∂E/∂out_o1`` is ``\frac{\partial E}{\partial out_{o1}}``, ``W[0, 1]`` is ``W_{0,1}``."""
    parts = ratio(name)
    if parts:
        above, below = map(latex_name, parts)
        return rf"\frac{{\partial {above}}}{{\partial {below}}}"
    it = label(name)
    before = text(it.before) if it.before else ""
    below = f"_{{{_upright(it.below.replace(' ', ''))}}}" if it.below else ""
    return before + _base(it.base) + below + it.after


def text(words: str) -> str:
    """Words among formulas."""
    return rf"\text{{{''.join(SPECIAL.get(sign, sign) for sign in words)}}}"


def _base(base: str) -> str:
    if base.lower() in GREEK:
        return rf"\{base}"
    if hat := re.fullmatch(r"([A-Za-z])_hat", base):
        return rf"\hat{{{hat[1]}}}"
    return _upright(base) if re.fullmatch(r"[A-Za-z]+", base) else text(base)


def _upright(name: str) -> str:
    """A name of several letters and digits set upright: in italics it would read as a product of letters."""
    return rf"\mathrm{{{name}}}" if re.fullmatch(r"[A-Za-z][A-Za-z0-9]+", name) else name
