"""Work that takes a while, beside the server, and that never holds up its end."""

from __future__ import annotations

import asyncio
import errno
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class BusyError(OSError):
    """So much is waiting that no more is taken."""


class _Room:
    """So many pieces of work (``size``) go on at a time, each in a thread; ``most`` others wait, and have none."""

    def __init__(self, size: int, most: int) -> None:
        self.size, self.most = size, most
        self._waiting: deque[Callable[[], None]] = deque()
        self._busy = 0
        self._lock = threading.Lock()

    def start(self, work: Callable[[], None]) -> None:
        """Begin a piece of work, or let it wait. Raises BusyError where too much waits."""
        with self._lock:
            if self._busy < self.size:
                self._busy += 1
                threading.Thread(target=self._go_on, args=(work,), daemon=True).start()
            elif len(self._waiting) < self.most:
                self._waiting.append(work)
            else:
                raise BusyError(errno.EBUSY, "the server has too much to do: ask again in a moment")

    def _go_on(self, work: Callable[[], None] | None) -> None:
        while work is not None:
            work()
            with self._lock:
                work = self._waiting.popleft() if self._waiting else None
                self._busy -= work is None


_quick, _slow = _Room(16, 500), _Room(4, 50)
"""What takes seconds never holds up what does not."""


async def in_thread(function: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    """What a function gives, called in a thread of its own. Raises what it raises.

    The thread is a daemon: a server that is told to end does not wait for what nobody will read.
    """
    return await _start(_quick, lambda: function(*arguments, **options))


async def in_slow_thread(function: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    """The same for what takes seconds."""
    return await _start(_slow, lambda: function(*arguments, **options))


def _start(room: _Room, function: Callable[[], T]) -> asyncio.Future[T]:
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def work() -> None:
        if future.cancelled():
            return
        try:
            result = function()
        except BaseException as error:
            _tell(loop, future, future.set_exception, error)
        else:
            _tell(loop, future, future.set_result, result)

    room.start(work)
    return future


def _tell(
    loop: asyncio.AbstractEventLoop, future: asyncio.Future[Any], tell: Callable[[Any], None], value: Any
) -> None:
    def deliver() -> None:
        if not future.done():
            tell(value)

    if not loop.is_closed():
        loop.call_soon_threadsafe(deliver)
