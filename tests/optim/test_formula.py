"""The formula with numbers put in: what is printed is what is run."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from pellucid import optim
from pellucid.errors import UnknownNameError
from pellucid.optim import Rule
from pellucid.value import subclasses

RULES = sorted(
    (cls for cls in subclasses(Rule) if cls.__module__.startswith("pellucid.")), key=lambda cls: cls.__name__
)
CALCULATOR = {"abs": abs, "maximum": max, "sqrt": math.sqrt, "sign": lambda x: (x > 0) - (x < 0)}


def value_of(line: str) -> Any:
    return eval(line.split(" = ", 1)[1], {"__builtins__": {}}, CALCULATOR)


@pytest.mark.parametrize("cls", RULES)
def test_every_printed_line_evaluates_to_its_result(cls: type[Rule]) -> None:
    rule = cls()
    slots = {slot: 0.3 + 0.1 * i for i, slot in enumerate(rule.slots)}
    lines = rule.explain(w=-0.5, g=-0.25, slots=slots, t=3)
    assert [line.symbols for line in lines] == list(rule.formula)
    for line in lines:
        assert line.numbers.startswith(f"{line.name} = ")
        assert value_of(line.numbers) == line.result


@pytest.mark.parametrize("cls", RULES)
def test_the_explanation_is_the_update(cls: type[Rule]) -> None:
    rule = cls()
    params, slots = {"w": np.array([0.7])}, rule.init({"w": np.array([0.7])})
    for t, g in enumerate((0.4, -0.3, 0.0), start=1):
        remembered = {slot: tree["w"][0] for slot, tree in slots.items()}
        lines = rule.explain(params["w"][0], g, remembered, t=t)
        params, slots = rule.update(params, {"w": np.array([g])}, slots, rule.learning_rate, t, rule.numbers())
        results = {line.name: line.result for line in lines}
        for name, value in {"w": params, **slots}.items():
            np.testing.assert_allclose(results[name], value["w"][0], rtol=1e-14)


def test_momentum_by_hand() -> None:
    first, second = optim.Momentum(0.5, momentum=0.9).explain(w=1.0, g=0.25, slots={"v": -0.5})
    assert first == (
        "v",
        "v = momentum * v - learning_rate * g",
        "v = 0.9 * (-0.5) - 0.5 * 0.25",
        pytest.approx(-0.575),
    )
    assert second.numbers == "w = 1.0 + (-0.575)"
    assert second.result == pytest.approx(0.425)


def test_numbers_with_three_digits() -> None:
    lines = optim.Adam().explain(w=1 / 3, g=2 / 3, t=12, digits=3)
    assert lines[0].numbers == "m = 0.9 * 0 + (1 - 0.9) * 0.667"
    assert lines[2].numbers == "m_hat = 0.0667 / (1 - 0.9 ** 12)"


def test_the_learning_rate_is_that_of_the_step() -> None:
    rule = optim.GradientDescent(optim.PiecewiseConstant((1,), (0.5, 0.25)))
    assert rule.explain(w=1.0, g=1.0, t=1)[0].numbers == "w = 1.0 - 0.5 * 1.0"
    assert rule.explain(w=1.0, g=1.0, t=2)[0].numbers == "w = 1.0 - 0.25 * 1.0"
    assert rule.explain(w=1.0, g=1.0, learning_rate=2.0)[0].numbers == "w = 1.0 - 2.0 * 1.0"


def test_a_slot_that_the_rule_lacks() -> None:
    with pytest.raises(UnknownNameError, match="unknown slot of AdaDelta 'v': choose one of: s, u"):
        optim.AdaDelta().explain(w=1.0, g=1.0, slots={"v": 0.0})
