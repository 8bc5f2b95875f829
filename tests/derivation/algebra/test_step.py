"""Steps: the order in which they are read, and formulas that do not hold."""

from __future__ import annotations

import math

import pytest

from pellucid.derivation.algebra.derivation import Derivation
from pellucid.derivation.algebra.expression import Constant, Symbol
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.errors import ExplainError

FIRST = DerivationStep("a", Constant(2.0), 2.0, "given")
BOTH = DerivationStep("b", Symbol("a", 2.0) * 3.0, 6.0, "three times a", (FIRST,))
LAST = DerivationStep("c", Symbol("a", 2.0) + Symbol("b", 6.0), 8.0, "their sum", (FIRST, BOTH))


def test_a_walk_meets_every_step_once_and_what_is_needed_first():
    assert [step.name for step in LAST.walk()] == ["a", "b", "c"]


def test_a_formula_that_gives_another_number_is_an_error():
    LAST.check()
    wrong = DerivationStep("c", Symbol("a", 2.0) + 1.0, 3.1, "one more")
    with pytest.raises(ExplainError, match=r"the derivation of c is wrong"):
        DerivationStep("d", Symbol("c", 3.1) * 1.0, 3.1, "c", (wrong,)).check()


def test_what_only_the_layer_knows_is_not_checked():
    DerivationStep("c", None, 3.0, "what the layer gives").check()


def test_no_number_is_no_number():
    DerivationStep("c", Constant(math.nan), math.nan, "0 / 0").check()


def test_a_derivation_has_the_sections_that_are_there():
    derivation = Derivation("c", 8.0, (FIRST,), (BOTH,), chain=(LAST,))
    assert {name: len(steps) for name, steps in derivation.sections().items()} == {"forward": 1, "backward": 2}
    assert [step.name for step in derivation.steps()] == ["a", "a", "b", "a", "b", "c"]
    derivation.verify()
