"""``pellucid predict``: what a trained network says of the rows of a table, or of files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pellucid.cli.options import Encoding, Json, Quiet, words
from pellucid.errors import RunError
from pellucid.files import printable

if TYPE_CHECKING:
    import polars as pl

    from pellucid.data import Inputs, Preparation
    from pellucid.data.base.targets import SeriesTarget
    from pellucid.train import Trained


def predict(
    run: Annotated[Path, typer.Argument(help="The run folder that pellucid train printed.")],
    file: Annotated[
        Path, typer.Argument(help="A table with the columns it was trained on; a folder, or a file in it.")
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
    from pellucid.cli.output import print_json, say
    from pellucid.data.messages import with_count
    from pellucid.data.tables.options import reading_of
    from pellucid.files import write_atomic
    from pellucid.jobs.stored import read_preprocessing, settings_of
    from pellucid.runs import load_run

    trained = load_run(run)
    preprocessing = read_preprocessing(run)
    settings = settings_of(run, {"header": header, "missing": words(missing), "encoding": encoding})
    inputs = preprocessing.read(
        file, reading_of(*(getattr(settings, name) for name in ("header", "missing", "encoding")))
    )
    if not quiet:
        for note in inputs.notes:
            say(note)
    frame = _predictions(trained, preprocessing, inputs)
    if out is not None:
        write_atomic(out, frame.write_csv())
        if not quiet:
            say(f"{with_count(len(frame), 'prediction')} written to {out}")
    if as_json:
        rows = frame.to_dicts()
        task = preprocessing.target.task
        print_json({"run": str(run), "task": task, "rows": len(rows), "notes": inputs.notes, "predictions": rows})
    elif out is None:
        sys.stdout.write(frame.write_csv())


def _predictions(trained: Trained, preparation: Preparation, inputs: Inputs) -> pl.DataFrame:
    """A row for each example, of a series for each step foretold; in front its name or time, where it has one."""
    import polars as pl

    columns = _columns(trained, preparation, inputs.x)
    if inputs.places is not None:
        columns = {inputs.column: list(map(printable, inputs.places)), **columns}
    return pl.DataFrame(columns)


def _columns(trained: Trained, preparation: Preparation, x: Any) -> dict[str, Any]:
    """The column ``prediction`` and, for classes, ``p(CLASS)`` for each; ``score(...)`` where it is no probability.

    For reconstruction the column ``reconstruction_error``: the mean over the columns of x of the squared error, as
    scaled, by which odd rows are found.
    Raises RunError where the network's outputs are not those that the preparation has names for.
    """
    import numpy as np

    said, target, loss = trained.predict(x), preparation.target, trained.loss
    if target.task == "forecasting":
        return _foretold(said, target)
    names, classes = preparation.outputs, target.classes or ()
    single = said.shape[1:] == (1,) and len(names) == 2  # one output tells two classes apart
    if said.ndim != 2 or (said.shape[1] != len(names) and not single) or (not classes) != (loss.task == "regression"):
        raise RunError(
            f"preprocessing.json names {len(names)} outputs, the network has shape {said.shape[1:]}: restore it"
        )
    if target.task == "reconstruction":
        return {"reconstruction_error": ((said - x) ** 2).mean(axis=1)}
    if target.task == "regression":
        return {"prediction": target.decode(said).reshape(-1)}
    if single and loss.gives_probabilities:
        said = np.concatenate([1 - said, said], axis=-1)
    kind = "p" if loss.gives_probabilities else "score"
    shown = names[-said.shape[1] :]  # a single score is that of the second class
    said_of = {f"{kind}({name})": said[:, k] for k, name in enumerate(shown)}
    return {"prediction": [classes[label] for label in trained.classify(x)], **said_of}


def _foretold(said: Any, target: SeriesTarget) -> dict[str, Any]:
    """A column for each variable, a row for each step, in the units of the series."""
    shape = target.horizon, len(target.names)
    if said.shape[1:] != shape:
        raise RunError(f"preprocessing.json tells of outputs {shape}, the network has {said.shape[1:]}: restore it")
    return dict(zip(target.names, target.decode(said)[0].T, strict=True))
