"""A diagnosis as a small piece of HTML, for notebooks."""

from __future__ import annotations

from html import escape

from pellucid.diagnosis.finding import Diagnosis, Finding


def as_html(diagnosis: Diagnosis) -> str:
    """A table of the findings: what, how sure, what was seen, the cure and what it gains."""
    if not diagnosis.findings:
        return "<p>Healthy: nothing is wrong for sure.</p>"
    head = "".join(f"<th scope='col'>{name}</th>" for name in ("finding", "", "seen", "cure", "gain"))
    rows = "".join(_row(finding) for finding in diagnosis.findings)
    said = "Healthy: nothing is wrong for sure." if diagnosis.healthy else ""
    return f"<p>{said}</p><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(finding: Finding) -> str:
    cure = ", ".join(f"{name} = {value!r}" for name, value in finding.cure.items())
    gain = f"{finding.proof.gain:+.3f} (p = {finding.proof.p:.2g})" if finding.proof else ""
    cells = (finding.name, finding.sure, finding.seen, cure, gain)
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
