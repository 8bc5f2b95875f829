"""The command line: a command a file. Importing it opens nothing heavy, so that ``--help`` answers at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pellucid.interrupt import end_as_by_ctrl_c, exit_code


def main() -> None:
    """Run the command line. Bad input ends with one line and exit code 2, never with a traceback."""
    _mend_streams()
    end_as_by_ctrl_c()
    try:
        from pellucid.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before the commands were there to hear it
        print("pellucid: interrupted", file=sys.stderr)
        code = exit_code()
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # where the reader left, as head(1) does, nothing more can be said
            print(f"pellucid: standard output cannot be written: {error.strerror}", file=sys.stderr)
            code = code or 2
    sys.exit(code)


def _mend_streams() -> None:
    """A closed stream takes what is written and drops it; a character that a stream lacks is shown as its code."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # open as long as the process
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
