"""Findings as a small piece of HTML, for notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from pellucid.diagnosis.finding import Finding


def findings_table(findings: Sequence[Finding]) -> str:
    """A row for each: what, how sure, what was seen, the cure and what it gains."""
    head = "".join(f"<th scope='col'>{name}</th>" for name in ("finding", "", "seen", "cure", "gain"))
    rows = "".join(map(_row, findings))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(finding: Finding) -> str:
    cure = ", ".join(f"{name} = {value!r}" for name, value in finding.cure.items())
    gain = f"{finding.proof.gain:+.3f} (p = {finding.proof.p:.2g})" if finding.proof else ""
    cells = (finding.name, finding.sure, finding.seen, cure, gain)
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
