"""The playground's side of the server: a WebSocket between a page and its session, and the page itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from pellucid.envelope import pack
from pellucid.errors import ConfigError, UnknownNameError
from pellucid.playground.messages import LARGEST
from pellucid.playground.preset_names import preset_names
from pellucid.version import __version__
from pellucid.web.app import failed, not_found
from pellucid.web.play_sessions import Page, PlaySession, PlaySessions
from pellucid.web.reads import answering, json_response
from pellucid.web.security import Access, Guard
from pellucid.web.server import Site
from pellucid.web.static import page_files

SECONDS_OF_SILENCE = 3600.0
"""A page that has said nothing for so long is let go; it says something with every frame that it draws."""

FOR_GOOD = 4001
"""The code with which a page is let go that is not to come back by itself: it would be let go again."""

PAGE = "play.html"
"""The file of the page."""


def play_site(start: str = "") -> Site:
    """The playground as a site, begun with a preset or what a link says. Raises ConfigError for neither."""
    return Site(make_play_app, "the playground", fragment=fragment_of(start), largest=LARGEST)


def fragment_of(start: str) -> str:
    """What stands behind ``#`` for a preset, by name, or a link: what the link has there."""
    if "#" in start or "://" in start:
        _, _, fragment = start.partition("#")
        if not fragment or not fragment.isprintable() or " " in fragment:
            raise ConfigError(f"{start!r:.100} says nothing behind a '#': copy the whole address of a playground")
        return fragment
    if start and start not in preset_names():
        raise UnknownNameError("preset", start[:60], preset_names())
    return f"preset={start}" if start else ""


def make_play_app(access: Access) -> Guard:
    """The server of playgrounds, open to whom ``access`` lets in."""
    app = Starlette(
        routes=[
            Route("/api/session", answering(session)),
            WebSocketRoute("/api/play", play),
            Route("/api/{path:path}", not_found, methods=["GET", "POST"]),
            Route("/{path:path}", answering(page_files(PAGE))),
        ],
        exception_handlers={404: not_found, 405: not_found, 500: failed},
        lifespan=_sessions,
    )
    app.state.sessions = PlaySessions()
    return Guard(app, access)


@asynccontextmanager
async def _sessions(app: Starlette) -> AsyncIterator[None]:
    """While the server is there, a spare worker is; when it ends, all of them do."""
    sessions: PlaySessions = app.state.sessions
    sessions.warm()
    try:
        yield
    finally:
        await sessions.close()


async def session(request: Request) -> Response:
    """GET /api/session."""
    return json_response({"version": __version__, "page": "play"})


async def play(socket: WebSocket) -> None:
    """WS /api/play?session=ID."""
    await socket.accept()
    sessions: PlaySessions = socket.app.state.sessions
    try:
        session, resumed = await sessions.find(socket.query_params.get("session"))
    except OSError as error:
        await socket.close(1013, f"no engine can be started ({error.strerror}): try again in a moment")
        return
    if session is None:
        await socket.close(1013, f"{len(sessions)} playgrounds are open already: close one")
        return
    await _Connection(socket, session).run(resumed)


class _Connection:
    """A page and its session. A receiver and a sender run side by side, and end together."""

    def __init__(self, socket: WebSocket, session: PlaySession) -> None:
        self._socket, self._session = socket, session
        self._end: tuple[int, str] | None = None

    async def run(self, resumed: bool) -> None:
        """Pass on messages until the page goes, or has to."""
        group = anyio.create_task_group()

        def leave(why: str) -> None:
            self._end = (FOR_GOOD, why)
            group.cancel_scope.cancel()

        page = Page(leave)
        try:
            async with group:
                await self._session.join(page, resumed)
                group.start_soon(self._receive, group.cancel_scope)
                group.start_soon(self._send, page, group.cancel_scope)
        finally:
            with anyio.CancelScope(shield=True):
                await self._session.part(page)
        if self._end is not None:
            await self._socket.close(*self._end)

    async def _receive(self, scope: anyio.CancelScope) -> None:
        try:
            while True:
                with anyio.fail_after(SECONDS_OF_SILENCE):
                    message = await self._socket.receive()
                if message["type"] == "websocket.disconnect":
                    break
                await self._pass_on(message.get("text") or message.get("bytes") or "")
        except TimeoutError:
            self._end = (1001, "nothing was said for an hour")
        except (WebSocketDisconnect, RuntimeError, OSError):
            pass
        scope.cancel()

    async def _pass_on(self, said: str | bytes) -> None:
        data = said.encode("utf-8", "replace") if isinstance(said, str) else said
        if len(data) > LARGEST:
            error = f"a message has at most {LARGEST:,} bytes, not {len(data):,}"
            await self._socket.send_bytes(pack({"type": "error", "error": error}))
            return
        await self._session.say(data)

    async def _send(self, page: Page, scope: anyio.CancelScope) -> None:
        try:
            while True:
                await self._socket.send_bytes(await page.waiting.get())
        except (WebSocketDisconnect, RuntimeError, OSError):  # the page has gone
            scope.cancel()
