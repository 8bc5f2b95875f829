"""A finding as lines for a terminal, and as plain data for JSON."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from typing import Any

from pellucid.diagnosis.finding import Arm, Experiment, Finding

SIGNS = {"error": "ERROR", "warning": "WARNING", "note": "note"}
BAR = 20
"""The characters of a bar that shows a score of 1."""


def finding_text(finding: Finding, width: int) -> Iterator[str]:
    """Lines: what was seen, what it means, the proof and the cure."""
    yield f"{SIGNS[finding.sure]}: {finding.name}"
    yield from _part("seen", finding.seen, width)
    if finding.meaning:
        yield from _part("means", finding.meaning, width)
    if finding.formula:
        yield from _part("formula", finding.formula, width)
    if finding.proof:
        yield from _proof(finding.proof, width)
    elif finding.sure == "error":
        yield from _part("proof", "exact: it holds or not, whatever an experiment says", width)
    if finding.cure:
        cure = ", ".join(f"{name} = {value!r}" for name, value in finding.cure.items())
        yield from _part("cure", cure, width)


def _part(name: str, text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=f"  {name:9}", subsequent_indent=" " * 11)


def _proof(proof: Experiment, width: int) -> Iterator[str]:
    seeds = len(proof.after.scores)
    how = f"the same training, {seeds} seeds each, as many steps; {proof.measure} on validation"
    yield from _part("proof", how, width)
    name_width = min(max(len(proof.before.name), len(proof.after.name)), width - 11 - BAR - 10)
    for arm in (proof.before, proof.after):
        filled = round(BAR * min(max(arm.mean, 0.0), 1.0))
        name = textwrap.shorten(arm.name, name_width, placeholder="...")
        yield f"{'':11}{name:{name_width}} {arm.mean:7.3f} {'#' * filled}{'.' * (BAR - filled)}"
    effect = "very large" if math.isinf(proof.effect) else f"{proof.effect:.1f}"
    yield from _part("", f"gain {proof.gain:+.3f}, effect (Cohen's d) {effect}, p = {proof.p:.2g}", width)


def finding_dict(finding: Finding) -> dict[str, Any]:
    """All of it: no number that is not finite, values of the cure as they are written in Python."""
    proof = finding.proof
    return {
        "name": finding.name,
        "sure": finding.sure,
        "path": finding.path or None,
        "seen": finding.seen,
        "meaning": finding.meaning,
        "formula": finding.formula or None,
        "numbers": dict(finding.numbers),
        "cure": {
            name: value if isinstance(value, (int, float, str)) else repr(value) for name, value in finding.cure.items()
        },
        "proof": proof
        and {
            "measure": proof.measure,
            "before": _arm(proof.before),
            "after": _arm(proof.after),
            "gain": proof.gain,
            "effect": proof.effect if math.isfinite(proof.effect) else None,
            "p": proof.p,
        },
    }


def _arm(arm: Arm) -> dict[str, Any]:
    return {"name": arm.name, "scores": list(arm.scores), "curves": [list(curve) for curve in arm.curves]}
