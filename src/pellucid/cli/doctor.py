"""``pellucid doctor``: what is wrong with a training, the proof, and the cure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pellucid.cli.shared_options import Config, Json, Quiet

if TYPE_CHECKING:
    from pellucid.diagnosis.result import Diagnosis
    from pellucid.jobs.settings import Settings


def doctor(
    *,
    config: Config = None,
    budget: Annotated[str, typer.Option(help="How long experiments may take: 60s, 5m; 0: exact tests alone.")] = "60s",
    seeds: Annotated[int, typer.Option(min=2, max=50, help="How often each side of an experiment is trained.")] = 5,
    apply: Annotated[Path | None, typer.Option(help="Write the settings with the cure to this TOML file.")] = None,
    as_json: Json = False,
    quiet: Quiet = False,
    **settings: Any,
) -> None:
    """Find what is wrong with a training, prove it by an experiment, and show the cure.

    DATA is data to train on with the given settings, or a run folder, or one of the examples oscillating, rate-one,
    zeros, vanishing, wrong-gradient, out-of-reach. The exit code is 1 where something is wrong for sure.
    """
    from pellucid.cli.case_options import case_of_options, given_options, progress_line
    from pellucid.cli.output import print_json, text_width, write
    from pellucid.diagnosis.diagnose import diagnose_case
    from pellucid.diagnosis.examples import EXAMPLES
    from pellucid.errors import ConfigError

    options = given_options(settings)
    example = EXAMPLES.get(str(options.get("data")))
    if example is not None and (len(options) > 1 or config is not None or apply is not None):
        raise ConfigError(f"{options['data']} is an example: leave other settings out, or name data of your own")
    case, said = (example.make(), None) if example else case_of_options(config, options)
    with progress_line(quiet) as tell:
        found = diagnose_case(case, _seconds(budget), seeds, tell)
    if apply is not None and said is not None:
        _write_cure(apply, said, found)
    if as_json:
        print_json(found.to_dict())
    else:
        write((f"{example.question}\n\n" if example else "") + found.text(text_width()))
    if not found.healthy:
        raise typer.Exit(1)


def _write_cure(path: Path, settings: Settings, found: Diagnosis) -> None:
    """The settings with the first proved cure, as a file. Raises ConfigError where there is none."""
    from pellucid.cli.output import say
    from pellucid.diagnosis.of_job import cured_settings
    from pellucid.files import write_atomic
    from pellucid.jobs.config_file import config_text

    names = [finding.name for finding in found.errors if finding.cure]
    text = config_text(cured_settings(settings, found), tuple(f"the cure of: {name}" for name in names[:1]))
    write_atomic(path, text.encode())
    say(f"the settings with the cure are in {path}: pellucid train --config {path}")


def _seconds(budget: str) -> float:
    from pellucid.train.stopping import seconds_of

    if budget.strip() in ("0", "0s"):
        return 0.0
    return float(seconds_of("--budget", budget))
