"""Work in threads."""

from __future__ import annotations

import asyncio
import threading

import pytest

from pellucid.web.work import BusyError, in_slow_thread, in_thread


def test_what_a_function_gives_or_raises_comes_back():
    assert asyncio.run(in_thread(divmod, 7, 2)) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(in_thread(divmod, 7, 0))


def test_what_takes_long_holds_up_nothing_that_does_not():
    ended = threading.Event()

    async def both():
        slow = [asyncio.ensure_future(in_slow_thread(ended.wait, 20)) for _ in range(40)]
        await asyncio.sleep(0.01)
        assert await asyncio.wait_for(in_thread(len, "abc"), 10) == 3
        ended.set()
        assert all(await asyncio.gather(*slow))

    asyncio.run(both())


def test_beyond_what_may_wait_no_more_is_taken_and_no_thread_begun():
    ended, threads = threading.Event(), threading.active_count()

    async def many():
        kept = [asyncio.ensure_future(in_slow_thread(ended.wait, 20)) for _ in range(400)]
        await asyncio.sleep(0.01)
        assert threading.active_count() - threads <= 4
        ended.set()
        return await asyncio.gather(*kept, return_exceptions=True)

    found = asyncio.run(many())
    assert found.count(True) == 54
    assert sum(isinstance(error, BusyError) for error in found) == 400 - 54
