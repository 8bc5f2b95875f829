"""News over a WebSocket: new rows and events of the run that is followed, and changes in the list of runs."""

from __future__ import annotations

from typing import Any

import anyio
import numpy as np
from starlette.websockets import WebSocket, WebSocketDisconnect

from pellucid.envelope import pack
from pellucid.errors import ConfigError, PellucidError, describe
from pellucid.runs.reader import SECONDS_A_TURN, USUAL, RunReader
from pellucid.web.answers import Answers, pack_table
from pellucid.web.messages import Follow, read_follow
from pellucid.web.work import BusyError, in_thread

SECONDS_BETWEEN_ROWS = 0.05
"""How often the files of the run that is followed are looked at."""

SECONDS_BETWEEN_LISTS = 1.0
"""How often the list of runs is looked at."""

MOST_ROWS = 2_000
"""A message has about so many rows at most; a reader that is slow gets fewer, in which every peak is still there."""

MOST_READERS = 100
"""So many browsers may listen at a time."""


class Live:
    """One listening browser. A receiver and a sender run side by side, and end together.

    Nothing waits in a queue: the sender looks at the files again when the message before has gone out.
    """

    def __init__(self, socket: WebSocket, answers: Answers) -> None:
        self.socket, self.answers = socket, answers
        self.follow = Follow(type="follow")
        self._asked = anyio.Event()
        self._told: dict[str, int] = {}
        self._version = -1
        self._summary: dict[str, Any] | None = None
        self._reader: RunReader | None = None
        self._list: dict[str, Any] | None = None

    async def run(self) -> None:
        """Listen and tell until the browser goes."""
        async with anyio.create_task_group() as group:
            group.start_soon(self._receive, group.cancel_scope)
            group.start_soon(self._send, group.cancel_scope)

    async def _receive(self, scope: anyio.CancelScope) -> None:
        try:
            while True:
                message = await self.socket.receive()
                if message["type"] == "websocket.disconnect":
                    break
                try:
                    self.follow = read_follow(message.get("text") or message.get("bytes") or "")
                except ConfigError as error:
                    await self.socket.send_bytes(pack({"type": "error", "error": describe(error)}))
                else:
                    self._version = -1
                    self._summary, self._reader = None, None
                    self._asked.set()
        except (WebSocketDisconnect, RuntimeError, OSError):
            pass
        scope.cancel()

    async def _send(self, scope: anyio.CancelScope) -> None:
        try:
            listed = -np.inf
            while True:
                if anyio.current_time() - listed >= SECONDS_BETWEEN_LISTS:
                    listed = anyio.current_time()
                    await self._tell_list()
                if self.follow.run is not None:
                    await self._tell_run(self.follow)
                pause = SECONDS_BETWEEN_ROWS if self._reader else SECONDS_BETWEEN_LISTS
                self._asked = anyio.Event()
                with anyio.move_on_after(pause):
                    await self._asked.wait()
        except (WebSocketDisconnect, RuntimeError, OSError):  # the browser has gone
            scope.cancel()

    async def _tell_list(self) -> None:
        """Say which runs came, went, or changed; the first time nothing, for the browser has just read them."""
        try:
            runs = {run["id"]: run for run in (await in_thread(self.answers.runs))["runs"]}
        except BusyError:
            return  # and look again
        before, self._list = self._list, runs
        if before is None:
            return
        changed = [run for name, run in runs.items() if before.get(name) != run]
        gone = [name for name in before if name not in runs]
        if changed or gone:
            await self._tell({"type": "runs", "changed": changed, "gone": gone})

    async def _tell_run(self, follow: Follow) -> None:
        """Send what is new in the run that is followed; that it is gone, once."""
        name = str(follow.run)
        try:
            if self._reader is None:
                self._reader = self.answers.collection.reader(name)
            if self._version >= 0 and not self._reader.has_changed({*USUAL, *follow.tables}):
                return
            news = await in_thread(self._read_news, name, self._reader, follow)
        except BusyError:
            return  # and look again
        except Exception as error:  # files that anybody may have written
            self.follow, self._reader = Follow(type="follow"), None
            why = describe(error) if isinstance(error, PellucidError) else f"it cannot be read ({type(error).__name__})"
            why = self.answers.collection.without_place(why)
            await self._tell({"type": "error", "run": name, "error": why})
            return
        for message in news:
            await self.socket.send_bytes(message)

    def _read_news(self, name: str, reader: RunReader, follow: Follow) -> list[bytes]:
        """The messages that bring the browser up to date."""
        messages = []
        with reader.lock:
            reader.update({*USUAL, *follow.tables}, SECONDS_A_TURN)
            restarted = reader.version != self._version and self._version >= 0
            if reader.version != self._version:
                self._told, self._version = (
                    {} if restarted else {str(n): k for n, k in follow.have.items()},
                    reader.version,
                )
            for table in follow.tables:
                read = reader.table(table)
                rows = read.columns.rows
                start = self._told.get(table, 0)
                if rows > start:
                    names = [read.axis, *(n for n in read.columns.names if n != read.axis)]
                    columns = {n: read.columns[n][start:].copy() for n in names}
                    messages.append(pack_table(name, table, columns, start, rows, MOST_ROWS))
                self._told[table] = max(start, rows)
            events = reader.events.items[self._told.get("events", 0) :]
            self._told["events"] = len(reader.events.items)
        if events:
            messages.append(pack({"type": "event", "run": name, "events": events[-1000:]}))
        summary = self.answers.summary(name)
        if summary != self._summary or restarted:
            self._summary = summary
            messages.insert(0, pack({"type": "summary", "run": name, "summary": summary, "restarted": restarted}))
        return messages

    async def _tell(self, header: dict[str, Any]) -> None:
        await self.socket.send_bytes(pack(header))


async def live(socket: WebSocket) -> None:
    """WS /api/live."""
    listening: set[Live] = socket.app.state.listening
    await socket.accept()
    if len(listening) >= MOST_READERS:
        await socket.close(1013, f"{MOST_READERS} pages listen already: close one")
        return
    reader = Live(socket, socket.app.state.answers)
    listening.add(reader)
    try:
        await reader.run()
    finally:
        listening.discard(reader)
