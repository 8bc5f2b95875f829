"""The question ``check``: every gradient by hand beside its slope measured."""

from __future__ import annotations

from dataclasses import asdict

from pellucid.check.entries import check_entries
from pellucid.playground.questions.subject import Answer, Subject, plain

MOST_ROWS = 1_000

STEP = 1e-5

WORST = ("wrong", "look closer", "kink", "right")


def answer_check(subject: Subject) -> Answer:
    """A row for each weight and bias, the largest relative error first, and the worst verdict. See the protocol."""
    rows = check_entries(
        subject.model, subject.loss, subject.x, subject.y, params=subject.params, state=subject.state, step=STEP
    )
    found = {
        "rows": [asdict(row) for row in rows[:MOST_ROWS]],
        "verdict": next(verdict for verdict in WORST if any(row.verdict == verdict for row in rows)),
        "checked": len(rows),
        "loss": subject.value,
        "step": STEP,
        "examples": subject.examples,
    }
    return {name: plain(part) for name, part in found.items()}
