"""What a run folder says of the job that made it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pellucid.errors import RunError
from pellucid.jobs.gather import validate
from pellucid.jobs.settings import Settings
from pellucid.runs import Run


def settings_of(run: Path, options: dict[str, Any]) -> Settings:
    """The settings a run was made with, and over them the options given. Raises RunError, ConfigError."""
    stored = Run(run).settings
    if not stored:
        raise RunError(f"{run} was not made by 'pellucid train': load it from Python with load_run")
    given = {name: value for name, value in options.items() if value is not None}
    return validate({**stored, **given}, str(run))
