"""The training that ``doctor``, ``drive`` and ``rate`` look at: a run folder, or data with settings of train."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pellucid.diagnosis.case import Case
    from pellucid.jobs.settings import Settings


def case_of_options(config: Path | None, options: dict[str, Any]) -> tuple[Case, Settings]:
    """The case, and its settings. DATA may also be a run folder, or a TOML file, as ``--config`` names one.

    Raises ConfigError for a run with a ``config``, and what ``pellucid train`` raises before training.
    """
    from pellucid.diagnosis.of_job import case_of_run, case_of_settings
    from pellucid.errors import ConfigError
    from pellucid.jobs.gather import gather_settings
    from pellucid.runs.find_runs import is_run

    data = str(options.get("data", ""))
    others = {name: value for name, value in options.items() if name != "data"}
    if data and is_run(Path(data)):
        if config is not None:
            raise ConfigError(f"{data} is a run, which has its settings: leave --config out")
        return case_of_run(Path(data), others)
    if data.endswith(".toml") and config is None:
        config, options = Path(data), others
    settings = gather_settings(config, options)
    return case_of_settings(settings), settings


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """The command with an option for every setting, for the parser to read its signature."""
    from pellucid.cli.setting_options import setting_parameters

    own = [p for p in inspect.signature(command, eval_str=True).parameters.values() if p.kind is p.KEYWORD_ONLY]

    def called(**given: Any) -> None:
        command(**given)

    called.__doc__ = command.__doc__
    called.__signature__ = inspect.Signature([*setting_parameters(), *own])  # type: ignore[attr-defined]
    return called


def given_options(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings that were given, as ``Settings`` takes them."""
    from pellucid.cli.setting_options import setting_values

    return {name: value for name, value in setting_values(settings).items() if value is not None}


@contextmanager
def progress_line(quiet: bool) -> Iterator[Callable[[str], None]]:
    """What tells how far a command is: on a terminal one line that changes and is gone at the end, else a line each."""
    from pellucid.cli.output import say, say_in_place

    told: list[str] = []

    def tell_once(message: str) -> None:
        if "seed" not in message and message not in told:  # logs stay short
            told.append(message)
            say(message)

    if quiet:
        yield lambda message: None
    elif not sys.stderr.isatty():
        yield tell_once
    else:
        try:
            yield say_in_place
        finally:
            say_in_place()
