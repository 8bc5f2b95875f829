"""Ctrl-C, and the signals that ask a process to end, heard even where the interrupt they raise is lost."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self

ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What asks a process to end: a service manager or ``kill``, and the end of a terminal."""

_last: int = signal.SIGINT


def end_as_by_ctrl_c() -> None:
    """Let SIGTERM and SIGHUP raise KeyboardInterrupt from now on. A signal that is ignored, as by nohup, stays so."""
    for number in ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _raise)


def exit_code() -> int:
    """What a process that was interrupted ends with: 128 and the number of the signal; 130 for Ctrl-C."""
    return 128 + _last


class Interrupt:
    """Within it Ctrl-C raises KeyboardInterrupt as always, and is remembered: ``check`` raises it once more.

    Python drops what is raised in some places (callbacks of the garbage collector, such as JAX has). Elsewhere than in
    the main thread, and where the program has a handler of its own, nothing is changed.
    """

    def __init__(self) -> None:
        self.came = False
        self._postponed = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, *ENDING):
                if (before := signal.getsignal(number)) in (signal.default_int_handler, _raise):
                    self._before[number] = before
                    signal.signal(number, self._heard)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        while self._before:
            signal.signal(*self._before.popitem())

    def check(self) -> None:
        """Raise KeyboardInterrupt if Ctrl-C was pressed."""
        if self.came:
            raise KeyboardInterrupt

    @contextmanager
    def postponed(self) -> Iterator[None]:
        """Within it an interrupt is only remembered: around what must not be broken off, and is short."""
        self._postponed = True
        try:
            yield
        finally:
            self._postponed = False

    def _heard(self, number: int, frame: FrameType | None) -> None:
        self.came = True
        if self._postponed:
            _note(number)
        else:
            _raise(number, frame)


def _raise(number: int, frame: FrameType | None) -> None:
    _note(number)
    raise KeyboardInterrupt


def _note(number: int) -> None:
    global _last
    _last = number
