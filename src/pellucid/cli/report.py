"""``pellucid report``: the page that tells what came out of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pellucid.cli.shared_options import Quiet


def report(
    run: Annotated[Path, typer.Argument(help="The run folder that pellucid train printed.")],
    out: Annotated[Path | None, typer.Option(help="The file to write; report.html in the run folder.")] = None,
    language: Annotated[
        str | None, typer.Option(help="en or zh; that of the locale (LC_ALL, LANG), else English.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Write the report of a run: one HTML file with its curves, results, mistakes, layers and data, to read and print.

    A training writes it at its end. Its data are read again; where they are gone, all else is told.
    """
    from pellucid.cli.output import say
    from pellucid.report_page import write_report

    written = write_report(run, out, language=language)
    if not quiet:
        say(f"report: {written}")
