"""The printed line as a pocket calculator would take it: parsed from the text alone."""

from __future__ import annotations

import re

from pellucid.derivation.algebra.functions import FUNCTIONS
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.explanation import Explanation
from pellucid.derivation.render.formulas import format_numbers

DIGITS = 17
"""So many significant digits give every double back."""


def worked_out(line: str) -> float:
    """What a printed formula with numbers in it comes to."""
    text = re.sub(r"\[\d+ smaller terms: ([^\]]+)\]", r"(\1)", line).replace("^", "**")
    return float(eval(text, {"__builtins__": {}, "inf": float("inf"), "nan": float("nan"), **FUNCTIONS}))


def check_line(step: DerivationStep) -> None:
    """Assert that the printed numbers of the step give its result, up to rounding."""
    if step.formula is None:
        return
    line = format_numbers(step.formula, digits=DIGITS)
    got, scale = worked_out(line), max(step.formula.scale, abs(step.value))
    assert abs(got - step.value) <= 1e-12 * scale, f"{step.name} = {line} gives {got!r}, not {step.value!r}"


def check_lines(explanation: Explanation) -> None:
    """Assert it of every line of an explanation, each once."""
    for step in {id(step): step for step in explanation.steps()}.values():
        check_line(step)
