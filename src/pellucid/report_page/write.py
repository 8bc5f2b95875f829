"""The report written to its file, within its time."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from pellucid.data import Dataset
from pellucid.errors import describe
from pellucid.files import write_atomic
from pellucid.jobs.training_job import Tell, TrainingJob
from pellucid.report_page.evidence import Evidence
from pellucid.report_page.language import language_of_locale, speak
from pellucid.report_page.page import make_page
from pellucid.runs.layout import REPORT
from pellucid.runtime.deadline import Deadline

MOST_SECONDS = 10.0
"""What may be left out takes no longer than this."""

FEWEST_SECONDS, SHARE = 3.0, 0.05
"""At the end of a training it takes this share of its time, or so many seconds where that is less."""


def write_report(
    run: str | os.PathLike[str],
    out: str | os.PathLike[str] | None = None,
    dataset: Dataset | None = None,
    seconds: float | None = None,
    language: str | None = None,
) -> Path:
    """Write the report of a run.

    Args:
        run: the run folder.
        out: the file to write; ``report.html`` in the run folder if None.
        dataset: the data it was trained on, where it is at hand; else it is read again.
        seconds: how long the parts may take that can be left out; 10 if None.
        language: "en" or "zh"; that of the locale if None, where there is a catalogue of it, else English.

    Returns:
        The file.

    Raises:
        RunError: for what is no run folder.
        UnknownNameError: for another language.
        OSError: where the file cannot be written.
    """
    folder = Path(run)
    path = folder / REPORT if out is None else Path(out)
    with speak(language or language_of_locale()):
        page = make_page(Evidence(folder, Deadline(MOST_SECONDS if seconds is None else seconds), dataset))
    write_atomic(path, page)
    return path


def report_job(job: TrainingJob, seconds: float, tell: Tell) -> None:
    """Write the report of a training that took so many ``seconds``, within its share of them.

    What goes wrong is told in one line: a training that is over does not fail for its report.
    """
    try:
        written = write_report(job.folder.path, dataset=job.dataset, seconds=seconds_for(seconds))
    except Exception as error:
        path = shlex.quote(str(job.folder.path))
        tell(f"no report was written ({type(error).__name__}: {describe(error)}); try again by pellucid report {path}")
    else:
        tell(f"report: {written}")


def seconds_for(training: float) -> float:
    """How long the parts of a report may take that can be left out, after a training of so many seconds."""
    return min(MOST_SECONDS, max(FEWEST_SECONDS, SHARE * training))
