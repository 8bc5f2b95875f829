"""The test drive: in seconds, before a long training, whether it can start at all."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pellucid.diagnosis.case import Case
from pellucid.diagnosis.drive_checks import LOOKS, Check
from pellucid.errors import describe


@dataclass(frozen=True)
class Drive:
    """A test drive: all its checks."""

    checks: tuple[Check, ...]
    seconds: float

    @property
    def go(self) -> bool:
        """Whether nothing stands in the way."""
        return all(check.verdict != "no go" for check in self.checks)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What stands in the way."""
        return tuple(f"{check.name}: {check.seen}" for check in self.checks if check.verdict == "no go")


def drive(case: Case, tell: Callable[[str], None] = lambda message: None) -> Drive:
    """Look at data and network, try it on a few examples, and say go or no go.

    A check that raises is "no go" with what it said.
    """
    begun, found = time.monotonic(), list[Check]()
    for name, look in LOOKS.items():
        tell(name)
        try:
            with np.errstate(all="ignore"):
                found += look(case)
        except Exception as raised:  # a layer or loss of the user's own may raise anything
            found.append(Check(name, "no go", describe(raised) or type(raised).__name__))
    return Drive(tuple(found), time.monotonic() - begun)
