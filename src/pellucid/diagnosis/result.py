"""What ``diagnose`` returns: all findings, and how they are shown."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

from pellucid.diagnosis.finding import Finding
from pellucid.diagnosis.render import finding_dict, finding_text
from pellucid.diagnosis.render_html import findings_table

HEALTHY = "Healthy: nothing is wrong for sure."


@dataclass(frozen=True, repr=False)
class Diagnosis:
    """All findings, the most important first; what was looked at; whether it was broken off. It shows itself."""

    findings: tuple[Finding, ...]
    looked_at: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    seconds: float = 0.0
    complete: bool = True

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are sure."""
        return tuple(finding for finding in self.findings if finding.sure == "error")

    @property
    def healthy(self) -> bool:
        """Whether nothing is wrong for sure."""
        return not self.errors

    def text(self, width: int = 80) -> str:
        """For a terminal: each finding with what was seen, what it means, the proof and the cure."""
        lines: list[str] = []
        if self.healthy:
            lines += [HEALTHY, ""]
        for finding in self.findings:
            lines += [*finding_text(finding, width), ""]
        looked = "Looked at: " + ", ".join(self.looked_at) + f" ({self.seconds:.0f} s)."
        lines += textwrap.wrap(looked, width)
        for remark in self.remarks:
            lines += textwrap.wrap(f"Note: {remark}", width)
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """All of it for JSON: no number that is not finite, values of cures as they are written in Python."""
        return {
            "healthy": self.healthy,
            "complete": self.complete,
            "seconds": round(self.seconds, 3),
            "looked_at": list(self.looked_at),
            "remarks": list(self.remarks),
            "findings": [finding_dict(finding) for finding in self.findings],
        }

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        if not self.findings:
            return f"<p>{HEALTHY}</p>"
        return f"<p>{HEALTHY if self.healthy else ''}</p>{findings_table(self.findings)}"
