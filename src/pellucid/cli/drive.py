"""``pellucid drive``: whether a training can start at all, in seconds."""

from __future__ import annotations

from typing import Any

import typer

from pellucid.cli.shared_options import Config, Json, Quiet


def drive(*, config: Config = None, as_json: Json = False, quiet: Quiet = False, **settings: Any) -> None:
    """Take a test drive: look at data and network, try a few examples, and say go or no go.

    DATA is data with the settings of train, a TOML file of them, or a run folder. The exit code is 1 for no go.
    """
    from dataclasses import asdict

    from pellucid.cli.case_options import case_of_options, given_options, progress_line
    from pellucid.cli.output import print_json, text_width, write
    from pellucid.diagnosis.drive import drive as test_drive
    from pellucid.diagnosis.drive_text import drive_text

    case, _ = case_of_options(config, given_options(settings))
    with progress_line(quiet) as tell:
        found = test_drive(case, tell)
    if as_json:
        print_json({"go": found.go, **asdict(found)})
    else:
        write(drive_text(found, text_width()))
    if not found.go:
        raise typer.Exit(1)
