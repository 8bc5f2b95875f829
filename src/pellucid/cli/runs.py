"""``pellucid runs``: the runs in a folder as a table, those that a condition holds for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pellucid.cli.shared_options import Json, words

COLUMNS = ("id", "status", "data", "network", "epochs", "validation/loss", "validation/accuracy", "seconds")


def runs(
    folder: Annotated[Path, typer.Argument(help="The folder to look in; runs.")] = Path("runs"),
    where: Annotated[
        str | None,
        typer.Option(help="Which: 'accuracy > .9 and optimizer = adam'; a bare result is of the validation part."),
    ] = None,
    sort: Annotated[
        str | None, typer.Option(help="Fields to sort by: data,-accuracy; with - the greatest first.")
    ] = None,
    columns: Annotated[str | None, typer.Option(help="Fields to show: id,accuracy,learning_rate.")] = None,
    as_json: Json = False,
) -> None:
    """List runs: what each was trained on, how, and what came out."""
    from pellucid.cli.output import print_json, print_table, write
    from pellucid.data.messages import with_count
    from pellucid.errors import ConfigError
    from pellucid.jobs.settings import settings_model
    from pellucid.runs.collection import RunCollection
    from pellucid.runs.query import fields_of, known_fields, require_field, select

    if not folder.is_dir():
        raise ConfigError(f"no folder at {folder}: name a folder with runs in it")
    collection = RunCollection(folder)
    collection.refresh()
    summaries = {summary["id"]: summary for summary in collection.summaries()}
    every = [fields_of(summary) for summary in summaries.values()]
    settings = list(settings_model().model_fields)
    found = select(every, where, words(sort) or (), settings)
    if as_json:
        print_json({"runs": [summaries[run["id"]] for run in found]})
        return
    known = known_fields(every, settings)
    for name in (asked := words(columns) or []):
        require_field(name, known)
    if not every:
        write(f"no runs in {folder}: 'pellucid train' makes one")
        return
    shown = asked or [name for name in COLUMNS if any(run.get(name) is not None for run in found)]
    print_table(shown, ([run.get(name) for name in shown] for run in found))
    write(f"\n{len(found)} of {with_count(len(every), 'run')}")
    for summary in summaries.values():
        if summary["status"] == "unreadable":
            write(f"{summary['id']}: {summary['error']}")
