"""What the process uses of the machine: memory and processor time."""

from __future__ import annotations

import sys
import time
from pathlib import Path

STATUS = Path("/proc/self/statm")
"""Where Linux says how many pages of the process are in memory, as the second number."""


def resident_bytes() -> int | None:
    """The memory that the process holds now; where the system does not say, the most it has held; else None."""
    try:
        from resource import RUSAGE_SELF, getpagesize, getrusage
    except ImportError:  # Windows
        return None
    try:
        return int(STATUS.read_bytes().split()[1]) * getpagesize()
    except (OSError, ValueError, IndexError):
        most = getrusage(RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


class Stopwatch:
    """Seconds since it was made, and how many cores were at work for the process meanwhile."""

    def __init__(self) -> None:
        self._begun, self._used = time.perf_counter(), time.process_time()

    @property
    def seconds(self) -> float:
        """Seconds on the clock."""
        return time.perf_counter() - self._begun

    @property
    def own_seconds(self) -> float:
        """Seconds on the clock, without those in which other programs had the processor."""
        return min(self.seconds, time.process_time() - self._used)

    @property
    def processor(self) -> float:
        """Seconds of computing, by all threads, for each second on the clock: above 1 with several cores."""
        return (time.process_time() - self._used) / max(self.seconds, 1e-9)
