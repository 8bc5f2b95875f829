"""Work that takes a while, beside the server, and that never holds up its end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_quick = threading.BoundedSemaphore(16)
_slow = threading.BoundedSemaphore(4)
"""So many pieces of work of each kind go on at a time; others wait. What takes seconds never holds up what does not."""


async def in_thread(function: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    """What a function gives, called in a thread of its own. Raises what it raises.

    The thread is a daemon: a server that is told to end does not wait for what nobody will read.
    """
    return await _start(_quick, lambda: function(*arguments, **options))


async def in_slow_thread(function: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    """The same for what takes seconds."""
    return await _start(_slow, lambda: function(*arguments, **options))


def _start(free: threading.BoundedSemaphore, function: Callable[[], T]) -> asyncio.Future[T]:
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def work() -> None:
        with free:
            if future.cancelled():
                return
            try:
                result = function()
            except BaseException as error:
                _tell(loop, future, future.set_exception, error)
            else:
                _tell(loop, future, future.set_result, result)

    threading.Thread(target=work, daemon=True).start()
    return future


def _tell(
    loop: asyncio.AbstractEventLoop, future: asyncio.Future[Any], tell: Callable[[Any], None], value: Any
) -> None:
    def deliver() -> None:
        if not future.done():
            tell(value)

    if not loop.is_closed():
        loop.call_soon_threadsafe(deliver)
