"""The sessions of a playground: each has a worker process, and outlives a lost connection for a while."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from pellucid.envelope import pack, unpack
from pellucid.web.play_worker import PlayWorker

MOST_SESSIONS = 20
"""So many there are at a time; the one that has been without a page the longest makes room for a new one."""

SECONDS_WITHOUT_PAGE = 120.0
"""So long a session waits for its page to come back."""

SECONDS_TO_SPARE = 0.5
"""So long after a worker was taken the next spare one is started: the page that took it goes first."""

MOST_FAILURES, SECONDS_OF_FAILURES = 3, 60.0
"""A session whose workers end so often in so long is given up."""

SECONDS_TO_GREET = 20.0
"""A worker that has said nothing so long after a page came is ended: it was stopped, or hangs."""

MOST_WAITING = 8
"""So many messages wait for a page; then its worker waits."""

GAVE_UP = "the engine ended again and again: make the network or the data smaller, and load the page again"

NO_ENGINE = "no engine can be started: load the page again in a moment"


class Page:
    """A page that is connected: what waits for it, and how to make it leave."""

    def __init__(self, leave: Callable[[str], None]) -> None:
        self.waiting: asyncio.Queue[bytes] = asyncio.Queue(MOST_WAITING)
        self.leave = leave
        self._greeted = False

    async def tell(self, message: bytes) -> None:
        """Let the page have a message; what was on its way to a page before it, ahead of ``hello``, it does not get."""
        self._greeted = self._greeted or unpack(message)[0].get("type") == "hello"
        if self._greeted:
            await self.waiting.put(message)

    def forget(self) -> None:
        """Drop what waits: a worker may wait for room, and nobody reads any more."""
        while not self.waiting.empty():
            self.waiting.get_nowait()


class PlaySession:
    """One session: its worker, and its page while there is one."""

    def __init__(self, name: str, worker: PlayWorker, sessions: PlaySessions) -> None:
        self.name, self.page, self.left = name, None, time.monotonic()
        self._worker, self._sessions = worker, sessions
        self._heard = 0
        self._failures: deque[float] = deque(maxlen=MOST_FAILURES)
        self._pump = asyncio.create_task(self._pass_on())
        self._end: asyncio.TimerHandle | None = None

    page: Page | None

    async def join(self, page: Page, resumed: bool) -> None:
        """The page takes the session up; one that had it before leaves."""
        if self.page is not None:
            self.page.leave("this session was opened in another window")
            self.page.forget()
        if self._end is not None:
            self._end.cancel()
        self.page = page
        await self._attach(resumed)

    async def _attach(self, resumed: bool) -> None:
        """Tell the worker that there is a page. If it says nothing then, it is ended, and another takes its place."""
        worker, heard = self._worker, self._heard

        def expect() -> None:
            if self._worker is worker and self._heard == heard:
                worker.kill()

        asyncio.get_running_loop().call_later(SECONDS_TO_GREET, expect)
        await worker.attach(self.name, resumed)

    async def part(self, page: Page) -> None:
        """The page is gone; unless another has come, the session waits for it to come back."""
        if self.page is not page:
            return
        self.page, self.left = None, time.monotonic()
        loop = asyncio.get_running_loop()
        self._end = loop.call_later(SECONDS_WITHOUT_PAGE, self._sessions.drop, self)
        page.forget()
        await self._worker.detach()

    async def say(self, message: bytes) -> None:
        """What the page says."""
        await self._worker.say(message)

    async def close(self) -> None:
        """End the session and its worker."""
        if self._end is not None:
            self._end.cancel()
        self._pump.cancel()
        with suppress(asyncio.CancelledError):
            await self._pump
        await self._worker.end()

    async def _pass_on(self) -> None:
        """What the worker says goes to the page, or nowhere; a worker that ended is replaced."""
        while True:
            message = await self._worker.hear()
            self._heard += 1
            if message is not None:
                await self._tell(message)
            elif not await self._replace_worker():
                return

    async def _tell(self, message: bytes) -> None:
        if self.page is not None:
            await self.page.tell(message)

    async def _replace_worker(self) -> bool:
        """A new worker in the place of one that ended. Whether the session goes on."""
        await self._worker.end()
        now = time.monotonic()
        if len(self._failures) == MOST_FAILURES and now - self._failures[0] < SECONDS_OF_FAILURES:
            return self._give_up(GAVE_UP)
        self._failures.append(now)
        try:
            self._worker = await self._sessions.take_worker()
        except OSError:
            return self._give_up(NO_ENGINE)
        if self.page is not None:
            why = "the engine ended, as it does where memory runs out; a new one has begun, with first weights"
            await self._tell(pack({"type": "error", "error": why}))
            await self._attach(resumed=False)
        return True

    def _give_up(self, why: str) -> bool:
        """End the session for good; its page is told why. False: it does not go on."""
        if self.page is not None:
            self.page.leave(why)
        self._sessions.drop(self)
        return False


class PlaySessions:
    """All sessions of a server, and one worker more, so that a page opens at once."""

    def __init__(self) -> None:
        self._sessions: dict[str, PlaySession] = {}
        self._spare: asyncio.Task[PlayWorker] | None = None
        self._closing: set[asyncio.Task[None]] = set()
        self._closed = False
        self._opening = 0

    def __len__(self) -> int:
        return len(self._sessions)

    def warm(self) -> None:
        """Start the spare worker, if there is none."""
        if self._spare is None and not self._closed:
            self._spare = asyncio.create_task(PlayWorker.start())

    async def take_worker(self) -> PlayWorker:
        """A worker: the spare one, if it is well."""
        spare, self._spare = self._spare, None
        asyncio.get_running_loop().call_later(SECONDS_TO_SPARE, self.warm)
        worker = await spare if spare is not None else None
        return worker if worker is not None and worker.alive else await PlayWorker.start()

    async def find(self, name: str | None) -> tuple[PlaySession | None, bool]:
        """The session of this name, else a new one, and whether it was found; None where there are too many."""
        if name in self._sessions:
            return self._sessions[name], True
        if len(self._sessions) + self._opening >= MOST_SESSIONS and not self._make_room():
            return None, False
        self._opening += 1
        try:
            worker = await self.take_worker()
        finally:
            self._opening -= 1
        session = PlaySession(secrets.token_urlsafe(16), worker, self)
        self._sessions[session.name] = session
        return session, False

    def _make_room(self) -> bool:
        """Drop the session that has been without a page the longest. Whether there is one."""
        without = [session for session in self._sessions.values() if session.page is None]
        if without:
            self.drop(min(without, key=lambda session: session.left))
        return bool(without)

    def drop(self, session: PlaySession) -> None:
        """End a session."""
        self._sessions.pop(session.name, None)
        closing = asyncio.create_task(session.close())
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    async def close(self) -> None:
        """End all."""
        self._closed = True
        for session in list(self._sessions.values()):
            self.drop(session)
        if self._spare is not None:
            with suppress(OSError):
                await (await self._spare).end()
            self._spare = None
        await asyncio.gather(*self._closing)
