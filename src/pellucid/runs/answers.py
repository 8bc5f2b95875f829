"""What a network's outputs say, in the target's own units and labels: one column each, one row for each example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pellucid.data import Inputs, Preparation
from pellucid.data.base.targets import AmountsTarget, LabelsTarget, SeriesTarget
from pellucid.data.preparation.scaling import Scaling
from pellucid.errors import RunError
from pellucid.files import printable
from pellucid.runs.layout import PREPARATION
from pellucid.train.trained import Trained

if TYPE_CHECKING:
    import polars as pl


def make_answers(trained: Trained, preparation: Preparation, inputs: Inputs) -> pl.DataFrame:
    """The columns that ``Run.answer`` describes. Raises RunError for outputs that the preparation has no names for."""
    import polars as pl

    columns = _columns(trained, preparation, inputs)
    if inputs.places is not None:
        columns = {inputs.column: list(map(printable, inputs.places)), **columns}
    columns = {**{name: list(map(printable, cells)) for name, cells in inputs.beside.items()}, **columns}
    return pl.DataFrame(columns)


def _columns(trained: Trained, preparation: Preparation, inputs: Inputs) -> dict[str, Any]:
    x: Any = inputs.x
    y, target, loss = trained.predict(x), preparation.target, trained.loss
    if isinstance(target, SeriesTarget):
        return _forecast(y, target, inputs.scalings)
    names, classes = preparation.outputs, target.classes or ()
    single = y.shape[1:] == (1,) and len(names) == 2  # one output tells two classes apart
    amounts = target.task in ("regression", "reconstruction")
    if y.ndim != 2 or (y.shape[1] != len(names) and not single) or amounts != (loss.task == "regression"):
        raise RunError(f"{PREPARATION} names {len(names)} outputs, the network has shape {y.shape[1:]}: restore it")
    if target.task == "reconstruction":
        return {"reconstruction_error": ((y - x) ** 2).mean(axis=1)}
    if isinstance(target, AmountsTarget):
        return dict(zip(names, target.decode(y).T, strict=True))
    if isinstance(target, LabelsTarget):
        said = dict(zip(names, target.decode(y).T.tolist(), strict=True))
        return said | {f"p({part.name}={part.classes[1]})": y[:, k] for k, part in enumerate(target.targets)}
    if target.task == "regression":
        return {"prediction": target.decode(y).reshape(-1)}
    if single and loss.gives_probabilities:
        y = np.concatenate([1 - y, y], axis=-1)
    kind = "p" if loss.gives_probabilities else "score"
    shown = names[-y.shape[1] :]  # a single score is that of the second class
    scores = {f"{kind}({name})": y[:, k] for k, name in enumerate(shown)}
    return {"prediction": [classes[label] for label in trained.classify(x)], **scores}


def _forecast(y: Any, target: SeriesTarget, scalings: Sequence[Scaling]) -> dict[str, Any]:
    """A column for each variable, a row for each step of each series, in the units of the series."""
    shape = target.horizon, len(target.names)
    if y.shape[1:] != shape:
        raise RunError(f"{PREPARATION} tells of outputs {shape}, the network has {y.shape[1:]}: restore it")
    return dict(zip(target.names, target.decode(y, scalings).reshape(-1, len(target.names)).T, strict=True))
