"""``pellucid rate``: the learning-rate range test."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pellucid.cli.shared_options import Config, Json, Quiet


def rate(
    *,
    config: Config = None,
    low: Annotated[float, typer.Option(help="The first rate.")] = 1e-6,
    high: Annotated[float, typer.Option(help="The last rate.")] = 10.0,
    steps: Annotated[int, typer.Option(min=20, help="How many steps.")] = 200,
    plot: Annotated[Path | None, typer.Option(help="Draw the curve into this file (.png, .svg, .pdf).")] = None,
    as_json: Json = False,
    quiet: Quiet = False,
    **settings: Any,
) -> None:
    """Train with a learning rate that grows from step to step, and suggest one.

    DATA is data with the settings of train, a TOML file of them, or a run folder. The exit code is 1 where the loss
    falls at no rate.
    """
    from pellucid.cli.case_options import case_of_options, given_options
    from pellucid.cli.output import print_json, say, text_width, write
    from pellucid.diagnosis.rate import range_test
    from pellucid.diagnosis.rate_curve import draw_rates, rate_dict, rate_text

    case, _ = case_of_options(config, given_options(settings))
    found = range_test(case, low, high, steps)
    if plot is not None:
        draw_rates(found, plot)
        if not quiet:
            say(f"the curve is in {plot}")
    if as_json:
        print_json(rate_dict(found))
    else:
        write(rate_text(found, text_width()))
    if found.suggested is None:
        raise typer.Exit(1)
