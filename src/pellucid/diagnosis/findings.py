"""Findings of experiments, and of what stands in their way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pellucid.diagnosis.changes import Change
from pellucid.diagnosis.finding import Experiment, Finding, Sure
from pellucid.diagnosis.meaning import meaning_of
from pellucid.diagnosis.trial import Trial

POINTERS = 2
"""How many warnings of experiments are told: of a training that nothing cures, many changes help a little."""


def finding_of_change(changes: Sequence[Change], base: Sequence[Trial], experiment: Experiment, sure: Sure) -> Finding:
    """What an experiment with these changes says."""
    diverged = sum(trial.diverged for trial in base)
    seen = (
        f"with {experiment.after.name} the {experiment.measure} on validation is {experiment.after.mean:.3f}, without "
        f"{experiment.before.mean:.3f}"
    )
    if diverged:
        seen += f"; {diverged} of {len(base)} trainings as they are met NaN or infinity"
    cure = {name: value for change in changes for name, value in change.cure.items()}
    fault = " and ".join(dict.fromkeys(change.fault for change in changes))
    return Finding(fault, sure, seen, meaning_of(fault), proof=experiment, cure=cure)


def finding_of_reference(error: float, reference: Mapping[str, float]) -> Finding:
    """A plain model does better, and nothing that was tried cures it."""
    name, best = min(reference.items(), key=lambda pair: pair[1])
    return Finding(
        "behind a plain model",
        "warning",
        f"on validation the error is {error:.2f} of that of a constant answer; {name}: {best:.2f}",
        meaning_of("behind a plain model"),
        numbers={"error": error, **reference},
    )


def finding_that_training_raises(why: str) -> Finding:
    """The training does not run."""
    return Finding(
        "training raises",
        "error",
        why,
        "The training ends with this error before anything can be compared. Mend it first.",
    )


def most_telling(findings: Sequence[Finding]) -> list[Finding]:
    """All findings, but of experiments that only point somewhere the ``POINTERS`` with the largest gain."""
    pointers = [one for one in findings if one.sure == "warning" and one.proof is not None]
    kept = sorted(pointers, key=lambda one: -one.proof.gain if one.proof else 0.0)[:POINTERS]
    return [*kept, *(one for one in findings if not any(one is other for other in pointers))]
