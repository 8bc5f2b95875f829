"""One program with one seed: whether its fault shows, what the doctor says, and whether its cures hold."""

from __future__ import annotations

import time
from typing import Any

from benchmarks.doctor.cure import apply_cure
from benchmarks.doctor.program import Program
from pellucid.diagnosis.case import Case
from pellucid.diagnosis.diagnose import diagnose_case
from pellucid.diagnosis.experiment import EFFECT, SIGNIFICANT, WORTH, compare
from pellucid.diagnosis.finding import Finding
from pellucid.diagnosis.reference import reference_errors
from pellucid.diagnosis.trial import run_trial

SHOWN = 5
"""Seeds by which a fault shows."""
FAR_BEHIND = 0.2
"""A program that is behind the best plain model by this part of a constant answer's error is not healthy."""
FRESH = range(100, 110)
"""Seeds by which a cure holds: none that the doctor has seen."""


def examine(program: Program, seed: int, budget: float) -> dict[str, Any]:
    """All that is told of it, for JSON."""
    case = program.case(seed)
    shows = _shows(case, program.cured_case(seed)) if program.accepts else _trains(case)
    begun = time.process_time()
    found = diagnose_case(case, budget, clock=time.process_time)
    seconds = time.process_time() - begun
    errors = [finding.name for finding in found.errors]
    named = [any(part in program.accepts for part in name.split(" and ")) for name in errors]
    return {
        "name": program.name,
        "family": program.family,
        "seed": seed,
        "fault": bool(program.accepts),
        "shows": shows,
        "errors": errors,
        "warnings": [finding.name for finding in found.findings if finding.sure == "warning"],
        "found": any(named),
        "first": bool(named and named[0]),
        "cures": [_holds(case, finding) for finding in found.errors if finding.cure and finding.proof],
        "complete": found.complete,
        "remarks": list(found.remarks),
        "seconds": round(seconds, 1),
    }


def _shows(case: Case, cured: Case) -> bool:
    before, after = ([run_trial(one, seed) for seed in range(SHOWN)] for one in (case, cured))
    experiment = compare(before, after, "cured", case.classify)
    return experiment.p < SIGNIFICANT and experiment.gain >= WORTH


def _trains(case: Case) -> bool:
    """Whether a healthy program does come near what plain models reach."""
    best = min(reference_errors(case).values())
    return sum(run_trial(case, seed).error for seed in range(SHOWN)) / SHOWN <= best + FAR_BEHIND


def _holds(case: Case, finding: Finding) -> dict[str, Any]:
    before, after = ([run_trial(one, seed) for seed in FRESH] for one in (case, apply_cure(case, finding.cure)))
    experiment = compare(before, after, "cure", case.classify)
    holds = experiment.p < SIGNIFICANT and experiment.effect >= EFFECT
    return {"name": finding.name, "holds": bool(holds), "gain": round(experiment.gain, 4)}
