"""A derivation as JSON."""

from __future__ import annotations

import json
import math

import pytest

from pellucid.derivation import Explanation
from pellucid.derivation.algebra.expression import Symbol
from pellucid.derivation.algebra.step import DerivationStep


def test_json_comes_back_and_can_be_worked_out(large, w1):
    for explanation in (large, w1):
        data = json.loads(explanation.json())
        assert data == explanation.to_dict()
        assert (data["version"], data["subject"], data["value"]) == (1, explanation.subject, explanation.value)
        steps = [step for section in data["sections"] for step in section["steps"]]
        assert [step["id"] for step in steps] == list(range(1, len(steps) + 1))
        assert all(part < step["id"] for step in steps for part in step["parts"])
        assert {unit["name"] for unit in data["network"][0]["units"]} <= {"i1", "i2", *(f"x[0, {i}]" for i in range(5))}
        for step in steps:
            if step["terms"]:
                largest = max(map(abs, step["terms"]))
                assert math.fsum(step["terms"]) == pytest.approx(step["value"], rel=1e-12, abs=1e-12 * largest)


def test_json_has_no_nan():
    step = DerivationStep("∂E/∂w", Symbol("a", math.inf) * 2.0, math.inf, "it overflows")
    data = json.loads(Explanation("∂E/∂w", math.nan, (), (step,)).json())
    assert data["value"] is None
    assert data["sections"][0]["steps"][0]["value"] is None
