"""A smaller or larger learning rate, and the rule that finds a rate for each weight."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pellucid.diagnosis.case import Case
from pellucid.diagnosis.changes.change import Change, change_of_options
from pellucid.optim import Adam

FACTORS = (0.1, 1 / 3, 0.01, 1e-3, 10.0, 3.0, 100.0, 1e3, 1e4)


def learning_rates(case: Case) -> list[Change]:
    """The rate multiplied by each of FACTORS."""
    rate = case.learning_rate
    if not rate:
        return []
    return [
        _with_rate("a smaller learning rate", "rate too high", rate * factor)
        if factor < 1
        else _with_rate("a larger learning rate", "rate too low", rate * factor)
        for factor in FACTORS
    ]


def other_rules(case: Case) -> list[Change]:
    """Adam with its usual rate, where the rule is another one: a rate for each weight hides many a fault."""
    if isinstance(case.optimizer, Adam):
        return []
    return [change_of_options("Adam", "optimizer", optimizer=Adam())]


def _with_rate(name: str, fault: str, rate: float) -> Change:
    rate = float(f"{rate:.3g}")

    def apply(case: Case) -> Case:
        rule: Any = case.optimizer
        return case.with_options(optimizer=replace(rule, learning_rate=rate))

    return Change(f"{name} ({rate:g})", fault, apply, {"learning_rate": rate})
