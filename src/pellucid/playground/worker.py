"""The process in which one session lives: ``python -m pellucid.playground.worker``, messages on stdin and stdout.

Three threads: one reads, one answers questions that take a while, and the main one does all else, in short turns.
It ends when its input does.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import sys
import threading
import traceback
from typing import BinaryIO

import numpy as np

from pellucid.playground.pipe import ATTACH, DETACH, PAGE, frame_message, read_frame
from pellucid.playground.questions.answering import Answering
from pellucid.playground.questions.registry import QUESTIONS
from pellucid.playground.session import Session

MOST_WAITING = 64
"""So many messages wait; the server waits with more."""

MOST_MEMORY = 3 << 29
"""Bytes of addresses a worker may have; where it asks for more, what needed it fails, and says so."""

NICENESS = 5
"""Training lets the server and the browser go first."""

SECONDS_BETWEEN_SWITCHES = 0.001
"""So soon a thread that answers a question lets the others go on."""


class Worker:
    """Takes messages from ``source`` and puts what the session sends into ``sink``."""

    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self._source, self._sink = source, sink
        self._lock = threading.Lock()
        self._waiting: queue.Queue[bytes | None] = queue.Queue(MOST_WAITING)
        self.session = Session(self._send, lambda asked, scene: self._answering.put(asked, scene))
        self._answering = Answering(self._send)
        self._attached = False

    def run(self) -> None:
        """Go on until the input ends."""
        threading.Thread(target=self._read, daemon=True).start()
        with contextlib.suppress(BrokenPipeError), np.errstate(all="ignore"):  # frames say what is not finite
            while self._take_messages():
                self._turn()

    def _take_messages(self) -> bool:
        """Handle what has come, waiting for it where there is nothing else to do. Whether to go on."""
        seconds = self.session.seconds_idle() if self._attached else float("inf")
        while True:
            try:
                message = self._waiting.get(seconds > 0, seconds if 0 < seconds < threading.TIMEOUT_MAX else None)
            except queue.Empty:
                return True
            if message is None:
                return False
            self._guarded(lambda message=message: self._handle(message))
            seconds = 0

    def _turn(self) -> None:
        if self._attached:
            self._guarded(self.session.work)
            self._guarded(self.session.tell)

    def _handle(self, message: bytes) -> None:
        kind, content = message[:1], message[1:]
        if kind == PAGE:
            self.session.handle(content)
        elif kind == ATTACH:
            self._attached = True
            self.session.attach(**json.loads(content), questions=sorted(QUESTIONS))
        elif kind == DETACH:
            self._attached = False

    def _guarded(self, do: object) -> None:
        """What nobody foresaw ends what was under way, not the session."""
        try:
            do()  # type: ignore[operator]
        except (BrokenPipeError, SystemExit):
            raise
        except Exception as error:
            traceback.print_exc()
            self.session.pause()
            self.session.refuse(f"the engine could not do this ({type(error).__name__}): reset, or change the network")

    def _read(self) -> None:
        message: bytes | None = b""
        while message is not None:
            message = read_frame(self._source)
            self._waiting.put(message)

    def _send(self, message: bytes) -> None:
        with self._lock:
            self._sink.write(frame_message(message))
            self._sink.flush()


def limit_memory(most: int = MOST_MEMORY) -> None:
    """Bound what the process may have, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def main() -> None:
    """Serve one session over standard input and output; what is printed goes to standard error."""
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limit_memory()
    sys.setswitchinterval(SECONDS_BETWEEN_SWITCHES)
    with contextlib.suppress(AttributeError, OSError):  # Windows
        os.nice(NICENESS)
    Worker(sys.stdin.buffer, sink).run()
    sink.close()
    os._exit(0)  # a question that is under way holds nothing up


if __name__ == "__main__":
    main()
