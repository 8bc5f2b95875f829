"""Formulas written down: long sums, figures, and rows that each say something new."""

from __future__ import annotations

import re

import pytest

from derivation.networks import wide
from pellucid.derivation.algebra.expression import Constant, Symbol, total
from pellucid.derivation.algebra.parse import parse
from pellucid.derivation.render.figures import Figures, cancelled_digits
from pellucid.derivation.render.formulas import Plain, format_numbers, format_symbols, symbol_name
from pellucid.derivation.render.notation import rows

A, ZERO = Symbol("a", 2.0), Symbol("z", 0.0)


def test_long_sums_show_the_rest_or_all():
    sum_ = total([Symbol(f"x{i}", float(i)) for i in range(12)])
    assert format_symbols(sum_, most=3) == "x9 + x10 + x11 + [9 smaller terms: 36]"
    assert format_symbols(sum_, most=11) == " + ".join(f"x{i}" for i in range(12))  # a rest of one is shown
    explanation = wide()
    assert re.search(r"\[\d+ smaller terms: ", explanation.text())
    assert "smaller terms" not in explanation.text(full=True)


def test_every_line_gives_what_it_says(large, w1):
    for step in [*large.steps(), *w1.steps()]:
        if step.formula is not None:
            printed = format_numbers(step.formula, most=10**9, digits=17).replace("^", "**")
            scale = max(step.formula.scale, abs(step.value))
            assert parse(printed, {}).value == pytest.approx(step.value, rel=1e-12, abs=1e-12 * scale), step.name


def test_figures_that_go_away_are_shown(w1):
    text = w1.text(digits=4)
    above, below = map(float, re.search(r"= \((0\.\d+) - (0\.\d+)\) / \(2 \* 1e-05\)", text).groups())
    assert (above - below) / 2e-5 == pytest.approx(w1.value, rel=1e-3)
    assert cancelled_digits(Constant(1.0) - Constant(0.5)) == 0
    assert cancelled_digits(Constant(1.0) - Constant(0.99998)) == 5


@pytest.mark.parametrize(
    ("number", "figures", "shown"),
    [
        (0.08216704056, Figures(4), "0.08217"),
        (0.08216704056, Figures(4, 9), "0.082167041"),
        (1.2e-11, Figures(4, 9), "1.2e-11"),
        (0.0, Figures(4, 9), "0"),
        (0.1, Figures(17), "0.1"),
        (100.0, Figures(6, 2), "100"),
    ],
)
def test_figures(number, figures, shown):
    assert figures.format(number) == shown


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (A - ZERO, ["a - z", "2 - 0", "2"]),
        (A - A, ["a - a", "2 - 2", "0"]),
        (A * A + ZERO, ["a * a + z", "2 * 2 + 0", "4"]),
        (A * A + A, ["a * a + a", "2 * 2 + 2", "4 + 2", "6"]),
    ],
)
def test_no_row_says_what_the_one_before_says(formula, expected):
    assert rows(formula, formula.value, Plain(symbol_name, Figures(6)), Plain(None, Figures(6))) == expected
