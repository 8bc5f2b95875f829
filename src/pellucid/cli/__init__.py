"""The command line: a command a file. Importing it opens nothing heavy, so that ``--help`` answers at once."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line. Bad input ends with one line and exit code 2, never with a traceback."""
    from pellucid.cli.app import run

    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # the reader left, as head(1) does: nothing more can be said
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
