"""A server of playgrounds in a thread."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager

import uvicorn

from pellucid.web.play import make_play_app
from pellucid.web.security import Access
from pellucid.web.server import listen


@contextmanager
def serving_play(port: int = 0):
    """The address of a server of playgrounds, within the block."""
    listening = listen("127.0.0.1", port)
    app = make_play_app(Access("127.0.0.1", None))
    config = uvicorn.Config(app, log_level="error", lifespan="on", ws="websockets-sansio", timeout_graceful_shutdown=1)
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
