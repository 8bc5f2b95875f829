"""The question ``check``: every gradient by hand beside its slope measured."""

from __future__ import annotations

from dataclasses import asdict

from pellucid.check.entries import check_entries
from pellucid.errors import ConfigError
from pellucid.playground.questions.subject import Answer, Subject, plain

MOST_ROWS = 1_000

MOST_WORK = 2_000_000_000
"""Weights times weights times examples: each weight is moved, and each time all are multiplied. More takes minutes."""

STEP = 1e-5

WORST = ("wrong", "look closer", "kink", "right")


def answer_check(subject: Subject) -> Answer:
    """A row for each weight and bias, the largest relative error first, and the worst verdict. See the protocol.

    Raises ConfigError where it would take minutes.
    """
    weights = sum(leaf.size for leaf in subject.flat().values())
    if weights * weights * subject.examples > MOST_WORK:
        raise ConfigError(
            f"check: {weights:,} weights by {subject.examples:,} examples would take minutes: choose one example, or "
            "make the network smaller"
        )
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
