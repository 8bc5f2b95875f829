"""Work that takes a while, beside the server, and that never holds up its end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

AT_ONCE = 8
"""So many pieces of work go on at a time; others wait."""

_free = threading.BoundedSemaphore(AT_ONCE)


async def in_thread(function: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    """What a function gives, called in a thread of its own. Raises what it raises.

    The thread is a daemon: a server that is told to end does not wait for what nobody will read.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def work() -> None:
        with _free:
            if future.cancelled():
                return
            try:
                result = function(*arguments, **options)
            except BaseException as error:
                _tell(loop, future, future.set_exception, error)
            else:
                _tell(loop, future, future.set_result, result)

    threading.Thread(target=work, daemon=True, name=getattr(function, "__name__", "work")).start()
    return await future


def _tell(
    loop: asyncio.AbstractEventLoop, future: asyncio.Future[Any], tell: Callable[[Any], None], value: Any
) -> None:
    def deliver() -> None:
        if not future.done():
            tell(value)

    if not loop.is_closed():
        loop.call_soon_threadsafe(deliver)
