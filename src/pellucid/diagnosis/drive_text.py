"""A test drive as text for a terminal."""

from __future__ import annotations

import textwrap

from pellucid.diagnosis.drive import Drive


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
