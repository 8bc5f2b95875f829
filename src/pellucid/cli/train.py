"""``pellucid train``: from a data set, a table or a folder to a trained network in a run folder."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pellucid.cli.output import print_json, say
from pellucid.cli.shared_options import Config, Json, Quiet
from pellucid.errors import NonFiniteError
from pellucid.interrupt import exit_code

if TYPE_CHECKING:
    from pellucid.jobs.training_job import TrainingJob


def train(
    *,
    config: Config = None,
    out: Annotated[Path | None, typer.Option(help="The run folder to write; runs/NAME-N if not given.")] = None,
    resume: Annotated[Path | None, typer.Option(help="A run folder whose training to go on with.")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Show the training in the browser as it goes.")] = False,
    drive: Annotated[
        bool, typer.Option("--drive", help="Take a test drive first, and train only if it says go.")
    ] = False,
    doctor: Annotated[
        bool, typer.Option("--doctor", help="Look for symptoms while it trains, for findings.jsonl.")
    ] = False,
    report: Annotated[bool, typer.Option(help="Whether to write report.html into the run folder at the end.")] = True,
    as_json: Json = False,
    quiet: Quiet = False,
    **settings: Any,
) -> None:
    """Train a network on DATA and write a run folder. With no DATA at all it learns to read digits."""
    from pellucid.cli.result import print_result
    from pellucid.cli.setting_options import setting_values
    from pellucid.jobs.training_job import Tell, prepare_job
    from pellucid.report_page.write import report_job

    job = prepare_job(
        setting_values(settings),
        config=config,
        out=out,
        resume=resume,
        command=shlex.join(["pellucid", *sys.argv[1:]]),
        tell=None if quiet else say,
    )
    tell: Tell = (lambda message: None) if quiet else say
    if drive:
        _take_test_drive(job)
    if doctor:
        from pellucid.diagnosis.live import Watcher

        job.listeners = (Watcher(job.folder.path, tell=tell),)
    with _watched(job.folder.path, tell) if watch else nullcontext(lambda: None) as stay:
        try:
            result = job.run()
        except NonFiniteError:
            if report:
                report_job(job, 0.0, tell)
            raise
        if as_json:
            print_json(result)
        else:
            print_result(result)
        if report:
            report_job(job, result["seconds"], tell)
        if result["stopped"] != "interrupted":
            stay()
    if result["stopped"] == "interrupted":
        say(f"Go on with: pellucid train --resume {shlex.quote(result['run'])}")
        raise typer.Exit(exit_code())


def _take_test_drive(job: TrainingJob) -> None:
    """Show on standard error what the test drive says; end with exit code 1 where it is no go."""
    from pellucid.cli.output import text_width
    from pellucid.diagnosis.drive import drive
    from pellucid.diagnosis.drive_text import drive_text
    from pellucid.diagnosis.of_job import case_of_job

    found = drive(case_of_job(job))
    say(drive_text(found, text_width()))
    if not found.go:
        raise typer.Exit(1)


@contextmanager
def _watched(run: Path, tell: Callable[[str], None]) -> Iterator[Callable[[], None]]:
    from pellucid.web.beside import watched

    try:
        with watched(run) as stay:
            yield stay
    finally:
        tell(f"the page has ended with the training; it shows the run again by: pellucid watch {shlex.quote(str(run))}")
