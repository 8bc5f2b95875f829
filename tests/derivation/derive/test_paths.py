"""The chain rule along each path."""

from __future__ import annotations

import numpy as np
import pytest

from derivation.networks import classic
from pellucid import (
    Chain,
    Dense,
    HalfSquaredError,
    Residual,
    Tanh,
)
from pellucid.derivation import explain
from pellucid.derivation.algebra.expression import Constant, Symbol
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.derive.paths import chain_rule
from pellucid.derivation.render.formulas import format_symbols


def test_the_chain_rule_along_the_only_path():
    text = classic("w5").text(digits=4)
    assert "∂E/∂w5 = ∂E/∂out_o1 * ∂out_o1/∂net_o1 * ∂net_o1/∂w5\n              = 0.7414 * 0.1868 * 0.5933" in text


def test_the_chain_rule_is_the_sum_over_paths(w1):
    (chain,) = w1.chain
    first = 0.74136507 * 0.186815602 * 0.40 * 0.241300709 * 0.05
    second = -0.217071535 * 0.175510053 * 0.50 * 0.241300709 * 0.05
    assert [term.value for term in chain.formula.terms] == pytest.approx([first, second], rel=1e-7)
    assert chain.formula.value == pytest.approx(w1.value, rel=1e-14)
    assert format_symbols(chain.formula).startswith(
        "∂E/∂out_o1 * ∂out_o1/∂net_o1 * ∂net_o1/∂out_h1 * ∂out_h1/∂net_h1 * ∂net_h1/∂w1"
    )


@pytest.mark.parametrize("seed", range(6))
def test_paths_add_up_to_the_gradient(seed):
    rng = np.random.default_rng(seed)
    model = Chain(a=Dense(2), t=Tanh(), r=Residual(c=Dense(2)), d=Dense(1 + seed % 2))
    x, y = rng.normal(size=(1, 3)), rng.normal(size=(1, 1 + seed % 2))
    weight = ("a/W[2, 1]", "a/b[0]", "x[1]", "t[0]", "r/c/W[0, 1]", "r/sum[1]")[seed]
    explanation = explain(model, HalfSquaredError(), x, y, weight, seed=seed)
    (chain,) = explanation.chain
    assert chain.formula.value == pytest.approx(explanation.value, rel=1e-12)


def test_two_slopes_to_the_same_number_are_one_link():
    back = DerivationStep("∂E/∂y", Constant(2.0), 2.0, "")
    twice = Symbol("∂E/∂y", 2.0) * Symbol("a", 3.0) + Symbol("∂E/∂y", 2.0) * Symbol("b", 5.0)
    (chain,) = chain_rule(DerivationStep("∂E/∂x", twice, 16.0, "", (back,)))
    assert format_symbols(chain.formula) == "∂E/∂y * ∂y/∂x"
    assert format_symbols(chain.parts[1].formula) == "a + b"
    assert chain.formula.value == 16.0


def test_no_chain_rule_without_slopes():
    back = DerivationStep("∂E/∂y", Constant(2.0), 2.0, "")
    assert chain_rule(back) == ()
    assert chain_rule(DerivationStep("∂E/∂x", None, 16.0, "", (back,))) == ()


def test_many_paths_are_not_written_out(large):
    assert large.chain == ()
