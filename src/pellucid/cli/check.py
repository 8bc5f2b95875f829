"""``pellucid check``: every gradient of a network against two independent derivatives."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from pellucid.cli.shared_options import Json, Quiet


def check(
    subject: Annotated[
        str, typer.Argument(metavar="[RUN|CONFIG|DATA]", help="A run folder, a TOML file, or data.")
    ] = "digits",
    examples: Annotated[int, typer.Option(min=1, help="Examples of the training part to check at.")] = 8,
    weights: Annotated[
        str | None, typer.Option(help="all, sample or directions; all if there are few, else a sample.")
    ] = None,
    samples: Annotated[int, typer.Option(min=1, help="How many of each array a sample is.")] = 100,
    seed: Annotated[int, typer.Option(help="Draws the sample and the directions.")] = 0,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check every gradient against central differences and automatic differentiation. Exit code 1 if one is wrong."""
    import numpy as np

    from pellucid.check import check_gradients
    from pellucid.cli.output import print_json, say, write
    from pellucid.jobs.network_source import find_subject, takes_indices

    found = find_subject(subject)
    data = found.data()
    few = data.train.take(np.arange(min(examples, len(data.train))))
    x = few.x
    if not data.layout.are_amounts and takes_indices(found.model):
        x = x.astype("int32")  # numbers that stand for terms have no gradient

    def tell(done: int, total: int) -> None:
        if total > 1:
            say(f"checked {done} of {total} arrays")

    choice: Any = weights
    report = check_gradients(
        found.model,
        found.loss,
        x,
        few.y,
        params=found.params,
        state=found.state,
        weights=choice,
        samples=samples,
        seed=seed,
        progress=False if quiet else sys.stderr.isatty() or tell,
    )
    if as_json:
        print_json(report.as_dict())
    else:
        write(str(report))
    if not report.ok:
        raise typer.Exit(1)
