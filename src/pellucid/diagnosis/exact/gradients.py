"""Whether the hand-written backward passes are the derivatives of the forward ones."""

from __future__ import annotations

from pellucid.check import check_gradients
from pellucid.diagnosis.case import Case
from pellucid.diagnosis.finding import Finding
from pellucid.errors import CheckError

EXAMPLES = 8
SAMPLES = 30
"""How many entries of each array are checked: a backward that is wrong is wrong nearly everywhere."""


def gradients(case: Case) -> list[Finding]:
    """Every array's gradient against central and automatic differences."""
    rows = case.rows(EXAMPLES)
    try:
        report = check_gradients(case.model, case.loss, rows.x, rows.y, weights="sample", samples=SAMPLES)
    except CheckError:  # a loss that is not finite at the start: there is nothing to compare, and others say so
        return []
    if report.ok:
        return []
    where = ", ".join([fault.path for fault in report.faults] or report.wrong)
    furthest = [one for leaf in report.leaves for one in (leaf.numerical, leaf.automatic) if one is not None]
    worst = max(furthest, key=lambda one: one.relative)
    return [
        Finding(
            "wrong gradients",
            "error",
            f"the gradients that {where} gives are not the derivatives of the loss: backward says "
            f"{worst.backward:.4g} where a difference says {worst.oracle:.4g}, relative error {worst.relative:.1g}; "
            "right ones are below 1e-7",
            "Back-propagation gives another number than the change of the loss itself when a weight is moved by a tiny "
            "step. Whatever the settings, training then goes the wrong way; the layer's backward must be mended.",
            "(E(w + h) - E(w - h)) / 2h",
            "gradient-checking.md",
            path=report.faults[0].path if report.faults else report.wrong[0],
            numbers={"wrong": list(report.wrong), "relative_error": worst.relative},
        )
    ]
