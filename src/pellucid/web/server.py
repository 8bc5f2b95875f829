"""The server as a process: where it listens, the browser it opens, and an end within two seconds."""

from __future__ import annotations

import errno
import logging
import os
import secrets
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from pellucid.errors import ConfigError
from pellucid.runs.collection import RunCollection
from pellucid.runs.find_runs import is_run
from pellucid.web.answers import Answers
from pellucid.web.app import make_app
from pellucid.web.messages import LARGEST
from pellucid.web.security import Access, Guard, is_loopback

PORT = 8420
"""The port to listen on unless another is asked for."""

TRIES = 50
"""Where a port is taken, so many that follow it are tried."""

SECONDS_OF_LAST_NEWS = 0.5
"""Beside a training that has ended the server stays so long, for its last numbers to be seen."""

SECONDS_TO_END = 0.5
"""So long answers that are under way may take when the server is told to end."""


ENDING = " (Ctrl-C ends it)"


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the port, or on the next that is free; port 0 is any.

    Raises ConfigError for no host, for one that is not this machine, and where no port is free.
    """
    if not host.strip():
        raise ConfigError("--host is empty: name the address to listen on, such as 127.0.0.1, or 0.0.0.0 for all")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for tried in range(port, min(port + TRIES, 65536)):
        listening = socket.socket(family, socket.SOCK_STREAM)
        if sys.platform != "win32":  # where it would let two servers share a port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, tried))
            listening.listen(128)
            return listening
        except OSError as error:
            listening.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise ConfigError(f"cannot listen on {host}:{tried} ({error}): give another --host") from None
    raise ConfigError(f"ports {port} to {port + TRIES - 1} are all taken: give another --port")


def serve(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = PORT,
    tell: Callable[[str], None],
    open_browser: bool = True,
    with_input: bool = False,
) -> None:
    """Show the runs in ``folder`` until the process is told to end.

    Args:
        folder: a run folder, or one with run folders in it.
        host: the address to listen on; on any but this machine's own a token is needed, which is part of the address.
        port: the port, or the first of those tried.
        tell: what says where the page is.
        open_browser: whether to open it in the browser, where there is a display.
        with_input: whether the server also ends when its standard input does.

    Raises:
        ConfigError: for a host or port that cannot be used.
    """

    def prepare(server: uvicorn.Server) -> None:
        if with_input:
            threading.Thread(target=_end_with_input, args=(server,), daemon=True).start()
            while not is_run(folder) and not server.should_exit:  # the training begins a moment later
                time.sleep(0.05)
        threading.Thread(target=_import_what_reads, daemon=True).start()

    site = Site(lambda access: make_app(Answers(RunCollection(folder)), access), str(folder), prepare=prepare)
    ending = "" if with_input else ENDING
    serve_site(site, host=host, port=port, tell=tell, open_browser=open_browser, ending=ending)


@dataclass(frozen=True)
class Site:
    """What is served: the application that ``make`` makes, what it is called, the part of its address behind ``#``, the
    largest message in bytes, and what to do before it is served.
    """

    make: Callable[[Access], Guard]
    name: str
    fragment: str = ""
    largest: int = LARGEST
    prepare: Callable[[uvicorn.Server], None] | None = None


def serve_site(
    site: Site,
    *,
    host: str = "127.0.0.1",
    port: int = PORT,
    tell: Callable[[str], None],
    open_browser: bool = True,
    ending: str = ENDING,
) -> None:
    """Serve a site until the process is told to end; arguments as those of ``serve``.

    Args:
        site: what is served.
        host: the address to listen on.
        port: the port, or the first of those tried.
        tell: what says where the page is.
        open_browser: whether to open it in the browser, where there is a display.
        ending: what is said of how it ends, behind the address.

    Raises:
        ConfigError: for a host or port that cannot be used.
    """
    listening = listen(host, port)
    found = listening.getsockname()[1]
    if port and found != port:
        tell(f"port {port} is taken, this is {found}")
    access = Access(host, None if is_loopback(host) else secrets.token_urlsafe(24))
    address = page_address(access, found) + (f"#{site.fragment}" if site.fragment else "")
    server = _Server(_config(site.make(access), site.largest))
    if site.prepare is not None:
        site.prepare(server)
    tell(f"{site.name} is at {address}{ending}")
    if open_browser and has_display():
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:  # which uvicorn raises again when all is closed
        pass
    finally:
        listening.close()


class _Server(uvicorn.Server):
    """Breaks off what is under way without a word: that its end breaks off answers is no fault of theirs."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def _config(app: Guard, largest: int) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        lifespan="auto",
        server_header=False,
        proxy_headers=False,
        ws="websockets-sansio",
        ws_max_size=largest,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=SECONDS_TO_END,  # type: ignore[arg-type]  # parts of a second are as good
    )


def page_address(access: Access, port: int) -> str:
    """Where a browser finds the page."""
    host = access.host
    if host in ("0.0.0.0", "::"):
        host = socket.gethostname()
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{port}/" + (f"?token={access.token}" if access.token else "")


def has_display() -> bool:
    """Whether a browser has a screen to open on; one for the terminal is not wanted."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _import_what_reads() -> None:
    """Import what the first answers need, while the browser is still loading the page."""
    import polars  # noqa: F401


def _end_with_input(server: uvicorn.Server) -> None:
    """Wait for the end of standard input, which comes when the process that started this one is gone."""
    while sys.stdin.buffer.read(1024):
        pass
    time.sleep(SECONDS_OF_LAST_NEWS)
    server.should_exit = True
