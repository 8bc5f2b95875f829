"""A worker process of the playground, as the server sees it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import suppress

from pellucid.playground.pipe import ATTACH, DETACH, LENGTH, PAGE, frame_message

SECONDS_TO_END = 2.0
"""After so long a worker whose input has ended is ended."""

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

    async def end(self) -> None:
        """End the process and wait for it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), SECONDS_TO_END)
        except TimeoutError:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()

    async def _write(self, message: bytes) -> None:
        assert self._process.stdin is not None
        with suppress(OSError, RuntimeError):
            self._process.stdin.write(frame_message(message))
            await self._process.stdin.drain()
