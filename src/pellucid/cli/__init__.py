"""The command line: a command a file. Importing it opens nothing heavy, so that ``--help`` answers at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    """Run the command line. Bad input ends with one line and exit code 2, never with a traceback."""
    _mend_streams()
    try:
        from pellucid.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before the commands were there to hear it
        print("pellucid: interrupted", file=sys.stderr)
        code = 130
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # the reader left, as head(1) does: nothing more can be said
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _mend_streams() -> None:
    """A closed stream takes what is written and drops it; a character that a stream lacks is shown as its code."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # open as long as the process
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
