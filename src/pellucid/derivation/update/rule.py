"""The lines of the update rule: its formula."""

from __future__ import annotations

from collections.abc import Mapping

from pellucid.derivation.algebra.expression import Expression
from pellucid.derivation.algebra.parse import parse
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.update.weight_at_stage import WeightAtStage
from pellucid.optim import Rule, Schedule


def rule_lines(rule: Rule, weight: WeightAtStage) -> list[DerivationStep]:
    """The rule's formula, line by line; the weight and the slots that come out are those of the stage."""
    t, rate, _ = weight.inputs
    w, g = weight.w.number, weight.g.number
    slots = {slot: weight.number(tree) for slot, tree in weight.before.slots.items()}
    values = {"w": w, "g": g, "learning_rate": rate, "t": float(t), **rule.numbers(), **slots}
    taken = {"w": weight.number(weight.after.params)}
    taken |= {slot: weight.number(tree) for slot, tree in weight.after.slots.items()}
    lines = []
    if isinstance(rule.learning_rate, Schedule):
        why = f"{rule.learning_rate!r} at step {t - 1}, counted from 0"
        lines.append(DerivationStep("learning_rate", None, rate, why, (), "update"))
    written = rule.explain(w, g, slots, t=t)
    last = {line.name: i for i, line in enumerate(written)}
    for i, line in enumerate(written):
        value = taken.get(line.name, line.result) if i == last[line.name] else line.result
        why = f"{type(rule).__name__}: {line.symbols}"
        lines.append(DerivationStep(line.name, _parsed(line.symbols, values), value, why, (), "update"))
        values[line.name] = value
    return lines


def _parsed(line: str, values: Mapping[str, float]) -> Expression | None:
    """The formula of a line; None for one with more than arithmetic in it."""
    try:
        return parse(line.split(" = ", 1)[1], values)
    except ValueError:
        return None
