"""Ctrl-C that is heard even where the interrupt it raises is lost."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Self


class Interrupt:
    """Within it Ctrl-C raises KeyboardInterrupt as always, and is remembered: ``check`` raises it once more.

    Python drops what is raised in some places (callbacks of the garbage collector, such as JAX has). Elsewhere than in
    the main thread, and where the program has a handler of its own, nothing is changed.
    """

    def __init__(self) -> None:
        self.came = False
        self._listens = False

    def __enter__(self) -> Self:
        in_main = threading.current_thread() is threading.main_thread()
        self._listens = in_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if self._listens:
            signal.signal(signal.SIGINT, self._heard)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._listens:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def check(self) -> None:
        """Raise KeyboardInterrupt if Ctrl-C was pressed."""
        if self.came:
            raise KeyboardInterrupt

    def _heard(self, number: int, frame: FrameType | None) -> None:
        self.came = True
        signal.default_int_handler(number, frame)
