"""A server beside a training: in a process of its own, so that the page answers while training computes."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pellucid.web.static import require_page

SECONDS_TO_END = 5.0
"""After so long a server that was told to end is ended."""


@contextmanager
def watched(run: Path) -> Iterator[Callable[[], None]]:
    """Within it the run that is about to be written to ``run`` is shown in the browser.

    What it gives is to be called when all is written: at a terminal it keeps the page until Ctrl-C, elsewhere it does
    nothing.

    The server reads the folder and costs training nothing. It ends when its standard input does, which is when this
    block or the whole process ends, however that comes about. Raises ConfigError where the page was not built.
    """
    require_page()
    command = [sys.executable, "-m", "pellucid", "watch", "--until-input-ends", "--", str(run)]
    # In a session of its own, it does not hear Ctrl-C: it is there until training has written its end.
    server = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
    try:
        yield lambda: _stay(server, run)
    finally:
        assert server.stdin is not None
        server.stdin.close()
        try:
            server.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _stay(server: subprocess.Popen[bytes], run: Path) -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return
    again = f"pellucid watch {shlex.quote(str(run))}"
    print(f"The page stays until Ctrl-C; afterwards, {again} shows it again.", file=sys.stderr)
    with suppress(KeyboardInterrupt):
        server.wait()
