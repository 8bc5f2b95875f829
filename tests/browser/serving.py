"""Servers of pages in threads."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from pellucid.runs.collection import RunCollection
from pellucid.web.answers import Answers
from pellucid.web.app import make_app
from pellucid.web.play import make_play_app
from pellucid.web.security import Access
from pellucid.web.server import listen

LOCAL = Access("127.0.0.1", None)


def serving(folder: Path, port: int = 0):
    """The address of a server of the runs in a folder, within the block."""
    return serving_app(make_app(Answers(RunCollection(folder)), LOCAL), port)


def serving_play(port: int = 0):
    """The address of a server of playgrounds, within the block."""
    return serving_app(make_play_app(LOCAL), port, lifespan="on")


@contextmanager
def serving_app(app, port: int, lifespan: str = "off"):
    """The address of a server of an application, within the block."""
    listening = listen("127.0.0.1", port)
    config = uvicorn.Config(
        app, log_level="error", lifespan=lifespan, ws="websockets-sansio", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
