"""A worker process of the playground, as the server sees it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import suppress

from pellucid.playground.pipe import ATTACH, DETACH, LENGTH, PAGE, frame_message

SECONDS_TO_TAKE = 20.0
"""A worker that takes in no message for so long is ended: it was stopped, or hangs."""

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Products of small matrices wake no other thread."""


class PlayWorker:
    """One process of ``pellucid.playground.worker``."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls) -> PlayWorker:
        """A new process. Raises OSError where the system has none to give."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "pellucid.playground.worker"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, **ONE_THREAD},
            start_new_session=True,  # it does not hear Ctrl-C, and ends with its input
        )
        return cls(process)

    @property
    def alive(self) -> bool:
        """Whether the process still is."""
        return self._process.returncode is None

    async def say(self, message: bytes) -> None:
        """Pass on what the page said; a worker that is gone hears nothing."""
        await self._write(PAGE + message)

    async def attach(self, session: str, resumed: bool) -> None:
        """Tell it that a page has come."""
        await self._write(ATTACH + json.dumps({"session": session, "resumed": resumed}).encode())

    async def detach(self) -> None:
        """Tell it that the page has gone."""
        await self._write(DETACH)

    async def hear(self) -> bytes | None:
        """The next message; None when the process has ended."""
        assert self._process.stdout is not None
        try:
            head = await self._process.stdout.readexactly(LENGTH)
            return await self._process.stdout.readexactly(int.from_bytes(head, "little"))
        except (asyncio.IncompleteReadError, OSError):
            return None

    def kill(self) -> None:
        """End the process at once: there is nothing that it would write to the end."""
        with suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> None:
        """End the process and wait for it."""
        self.kill()
        await self._process.wait()

    async def _write(self, message: bytes) -> None:
        assert self._process.stdin is not None
        with suppress(OSError, RuntimeError):
            self._process.stdin.write(frame_message(message))
            try:
                async with asyncio.timeout(SECONDS_TO_TAKE):
                    await self._process.stdin.drain()
            except TimeoutError:
                self.kill()
