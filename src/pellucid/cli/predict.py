"""``pellucid predict``: what a trained network says of the rows of a table, or of files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pellucid.cli.shared_options import Encoding, Json, Quiet, words


def predict(
    run: Annotated[Path, typer.Argument(help="The run folder that pellucid train printed.")],
    file: Annotated[
        Path,
        typer.Argument(help="A table with the columns of training (- for standard input); a folder, or a file in it."),
    ],
    out: Annotated[
        Path | None, typer.Option(help="Write the predictions to this CSV file, not to standard output.")
    ] = None,
    header: Annotated[str | None, typer.Option(help="Whether the first line names columns; as in training.")] = None,
    missing: Annotated[str | None, typer.Option(help="Words that mark a missing value; as in training.")] = None,
    encoding: Encoding = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Predict every row of a table, or file of a folder, as CSV: a class and the probability of each, an amount, or an
    autoencoder's error; of a series the steps that come after it.
    """
    from pellucid.cli.output import print_json, say, write_data
    from pellucid.data import Reading
    from pellucid.data.messages import with_count
    from pellucid.files import write_atomic
    from pellucid.jobs.gather import settings_of
    from pellucid.runs import load_run

    found = load_run(run)
    settings = settings_of(run, {"header": header, "missing": words(missing), "encoding": encoding})
    inputs = found.prepare(file, Reading.from_settings(vars(settings)))
    if not quiet:
        for note in inputs.notes:
            say(note)
    frame = found.answer(inputs)
    if out is not None:
        write_atomic(out, frame.write_csv())
        if not quiet:
            say(f"{with_count(len(frame), 'prediction')} written to {out}")
    if as_json:
        rows, task = frame.to_dicts(), found.task
        print_json({"run": str(run), "task": task, "rows": len(rows), "notes": inputs.notes, "predictions": rows})
    elif out is None:
        write_data(frame.write_csv())
