"""Formulas: their values, their scale, and what cannot be parsed."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid.derivation.algebra.expression import Constant, Product, Sum, Symbol, product, total
from pellucid.derivation.algebra.functions import FUNCTIONS, call
from pellucid.derivation.algebra.natural_order import natural_key
from pellucid.derivation.algebra.parse import parse

A, B = Symbol("a", 3.0), Symbol("b", -0.5)
NUMBERS = st.floats(-1e3, 1e3).filter(lambda number: abs(number) > 1e-3)


@given(NUMBERS, NUMBERS)
def test_operators_are_arithmetic(a, b):
    x, y = Symbol("x", a), Symbol("y", b)
    for formula, expected in [
        (x + y, a + b), (x - y, a - b), (x * y, a * b), (x / y, a / b), (x**2, a**2), (-x, -a),
        (2.0 + x, 2.0 + a), (2.0 - x, 2.0 - a), (2.0 * x, 2.0 * a), (2.0 / x, 2.0 / a),
    ]:  # fmt: skip
        assert formula.value == pytest.approx(expected, rel=1e-15)


def test_a_sum_is_exact_whatever_the_order():
    assert total([Constant(1e16), Constant(1.0), Constant(-1e16)]).value == 1.0


def test_a_sum_with_infinities_is_one():
    assert total([Constant(math.inf), Constant(1.0)]).value == math.inf
    assert math.isnan(total([Constant(math.inf), Constant(-math.inf)]).value)


def test_nested_sums_and_products_are_flat():
    assert Sum((A, B, Constant(1.0))) == (A + B + 1.0)
    assert Product((A, B, Constant(2.0))) == (A * B * 2.0)
    assert total([A]) is A
    assert (total([]), product([])) == (Constant(0.0), Constant(1.0))


def test_over_zero_is_no_number():
    assert math.isnan((A / 0.0).value)


def test_symbols_come_in_the_order_of_the_formula():
    assert [symbol.name for symbol in (B * A + A).symbols()] == ["b", "a", "a"]


def test_the_scale_is_that_of_the_largest_number():
    assert (Symbol("large", 1e9) - Symbol("same", 1e9) + A).scale == 1e9
    assert (A / B).scale == 6.0


def test_an_overflow_is_infinite():
    assert call("exp", 1000.0).value == math.inf


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_can_be_called(name):
    arguments = (0.25, 0.75) if name in ("max", "min") else (0.25,)
    assert call(name, *arguments).value == FUNCTIONS[name](*arguments)


def test_a_formula_of_a_rule_is_parsed():
    values = {"w": 2.0, "g": -1.0, "s": 4.0}
    assert parse("w - 0.5 * g / (sqrt(s) + 1) ** 2", values).value == pytest.approx(2.0 + 0.5 / 9.0)
    assert parse("maximum(w, g)", values).value == 2.0
    assert parse("-w", values).value == -2.0


@pytest.mark.parametrize("formula", ["w[0]", "w if g else s", "w @ g", "lambda: 1", "'text'", "w.real"])
def test_anything_but_arithmetic_is_refused(formula):
    with pytest.raises(ValueError, match="a formula cannot have"):
        parse(formula, {"w": 2.0, "g": 1.0, "s": 1.0})


def test_names_are_sorted_as_one_counts():
    assert sorted(["w10", "w2", "b1", "w1"], key=natural_key) == ["b1", "w1", "w2", "w10"]
