"""Plain text: the textbook to the digit, lines that fit, references, and what is left out."""

from __future__ import annotations

import json
import re

import pytest

from derivation.networks import classic, lines
from pellucid.derivation.lessons import EXAMPLES
from pellucid.derivation.render.formulas import format_numbers
from pellucid.derivation.render.text import wrap_formula


# The figures of M. Mazur, "A step by step backpropagation example" (2015), as far as they are about one weight.
@pytest.mark.parametrize(
    ("weight", "figures"),
    [
        (
            "w5",
            [
                *("0.3775", "0.593269992", "0.596884378", "1.105905967", "0.75136507", "0.772928465"),
                *("0.274811083", "0.298371109", "0.74136507", "0.186815602", "0.082167041", "0.35891648"),
            ],
        ),
        ("w1", ["0.138498562", "0.055399425", "0.036350306", "0.241300709", "0.000438568", "0.149780716"]),
        ("w6", ["0.408666186"]),
        ("w7", ["0.51130127"]),
        ("w8", ["0.561370121"]),
    ],
)
def test_the_textbook_to_the_digit(weight, figures):
    text = classic(weight).text(decimals=9)
    for figure in figures:
        assert re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d)", text), figure


@pytest.mark.parametrize("width", [60, 80, 120])
def test_text_fits(large, width):
    assert max(map(len, large.text(width=width).splitlines())) <= width


def test_a_formula_is_whole_after_wrapping(large):
    for line in lines(large):
        if line.step.formula is not None:
            formula = format_numbers(line.step.formula)
            assert "".join(" ".join(wrap_formula(formula, 40)).split()) == "".join(formula.split())


def test_a_formula_breaks_where_it_holds_together_least():
    assert list(wrap_formula("aaaa * bbbb + (cccc + dddd) * eeee", 24)) == ["aaaa * bbbb", "+ (cccc + dddd) * eeee"]
    assert list(wrap_formula("layer/W[0, 1] * x", 14)) == ["layer/W[0, 1]", "* x"]
    assert list(wrap_formula("a" * 25, 10)) == ["a" * 10, "a" * 10, "a" * 5]


def test_ascii_has_nothing_else(large, w1):
    assert large.text(ascii=True).isascii()
    assert "dE/dw1 = dE/dnet_h1 * i1" in w1.text(ascii=True)


def test_a_reason_stands_once_above_its_lines(w1):
    assert w1.text().count("Every input times its weight, and the bias:") == 2  # hidden and output, two lines each


@pytest.mark.parametrize("width", [-1, 0, 10, 40])
def test_a_terminal_too_narrow_is_taken_as_wider(width):
    lines = EXAMPLES["two-two-two"].explain().text(width=width).splitlines()
    assert max(map(len, lines)) <= 40


def test_there_is_no_minus_nought():
    shown = EXAMPLES["convolution"].explain().text()
    assert "(-0)" not in shown
    assert "(0)" not in shown


def test_a_mean_is_a_quotient():
    text = EXAMPLES["batch-norm"].explain().text()
    assert "E = (E[0] + E[1] + E[2]) / 3" in text
    assert "0.333333 *" not in text


def test_a_long_derivation_shows_its_ends_and_says_what_it_leaves_out(unrolled):
    steps = len(list(unrolled.backward[0].walk()))
    text = unrolled.text()
    assert f"Here {steps - 40} steps are left out; --full shows them." in text
    assert "(1) " in text
    assert f"({len(unrolled.forward) - 1}) " not in text.split("BACKWARD")[0].split("left out")[0]
    assert "left out" not in unrolled.text(full=True)
    assert "steps are left out" in unrolled.markdown()
    assert len(json.loads(unrolled.json())["sections"][1]["steps"]) == steps


def test_what_of_a_larger_network_is_taken_as_given_is_said(unrolled, w1):
    text = " ".join(unrolled.text().split())
    assert f"Of 6,601 numbers between the layers {len(unrolled.forward) - 1} are derived here" in text
    assert "are derived here" not in w1.text()
