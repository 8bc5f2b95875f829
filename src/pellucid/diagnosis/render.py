"""A diagnosis as text for a terminal, and as plain data for JSON."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from typing import Any

from pellucid.diagnosis.drive import Drive
from pellucid.diagnosis.finding import Diagnosis, Experiment, Finding

SIGNS = {"error": "ERROR", "warning": "WARNING", "note": "note"}
BAR = 20
"""The characters of a bar that shows a score of 1."""


def as_text(diagnosis: Diagnosis, width: int = 80) -> str:
    """The findings in order, each with what was seen, what it means, the proof and the cure."""
    lines: list[str] = []
    if diagnosis.healthy:
        lines += ["Healthy: nothing is wrong for sure.", ""]
    for finding in diagnosis.findings:
        lines += [*_finding(finding, width), ""]
    looked = "Looked at: " + ", ".join(diagnosis.looked_at) + f" ({diagnosis.seconds:.0f} s)."
    lines += textwrap.wrap(looked, width)
    for remark in diagnosis.remarks:
        lines += textwrap.wrap(f"Note: {remark}", width)
    return "\n".join(lines)


def _finding(finding: Finding, width: int) -> Iterator[str]:
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


def as_dict(diagnosis: Diagnosis) -> dict[str, Any]:
    """All of a diagnosis, for JSON: no number that is not finite, values of cures as they are written in Python."""
    return {
        "healthy": diagnosis.healthy,
        "complete": diagnosis.complete,
        "seconds": round(diagnosis.seconds, 3),
        "looked_at": list(diagnosis.looked_at),
        "remarks": list(diagnosis.remarks),
        "findings": [_finding_dict(finding) for finding in diagnosis.findings],
    }


def _finding_dict(finding: Finding) -> dict[str, Any]:
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


def _arm(arm: Any) -> dict[str, Any]:
    return {"name": arm.name, "scores": list(arm.scores), "curves": [list(curve) for curve in arm.curves]}


def drive_text(found: Drive, width: int = 80) -> str:
    """The checks of a test drive, a line or more each, and go or no go with its reasons."""
    signs = {"go": "ok", "look": "LOOK", "no go": "NO GO"}
    lines: list[str] = []
    for check in found.checks:
        lines += textwrap.wrap(
            f"{check.name}: {check.seen}", width, initial_indent=f"{signs[check.verdict]:6}", subsequent_indent=" " * 6
        )
    count = len(found.reasons)
    verdict = "Go." if found.go else f"No go: {count} thing{'s' if count > 1 else ''} to mend first."
    return "\n".join([*lines, "", f"{verdict} ({found.seconds:.1f} s)"])
