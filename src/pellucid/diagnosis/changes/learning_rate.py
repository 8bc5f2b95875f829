"""A smaller or larger learning rate, and the rule that finds a rate for each weight."""

from __future__ import annotations

from dataclasses import replace

from pellucid.diagnosis.case import Case
from pellucid.diagnosis.changes.change import Change
from pellucid.optim import Adam

FACTORS = (0.1, 1 / 3, 0.01, 10.0, 3.0, 100.0, 1000.0)


def learning_rates(case: Case) -> list[Change]:
    """The rate multiplied by each of FACTORS."""
    rate, changes = case.learning_rate, []
    for factor in FACTORS if rate else ():
        fault = "rate too high" if factor < 1 else "rate too low"
        changes.append(_with_rate(f"{'a smaller' if factor < 1 else 'a larger'} learning rate", fault, rate * factor))
    return changes


def other_rules(case: Case) -> list[Change]:
    """Adam with its usual rate, where the rule is another one: a rate for each weight hides many a fault."""
    if isinstance(case.optimizer, Adam):
        return []
    return [Change("Adam", "optimizer", lambda case: case.with_options(optimizer=Adam()), {"optimizer": Adam()})]


def _with_rate(name: str, fault: str, rate: float) -> Change:
    rate = float(f"{rate:.3g}")
    return Change(
        f"{name} ({rate:g})",
        fault,
        lambda case: case.with_options(optimizer=replace(case.optimizer, learning_rate=rate)),
        {"learning_rate": rate},
    )
