"""A run read back: what it was, its network, and what that says of new data."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pellucid import ops
from pellucid.data import Inputs, Preparation, Reading
from pellucid.errors import RunError
from pellucid.runs.answers import make_answers
from pellucid.runs.checkpoint import read_checkpoint, read_weights
from pellucid.runs.description import UpdateParts, decode_network, decode_update, read_description
from pellucid.runs.history import read_history
from pellucid.runs.json_object import as_object
from pellucid.runs.layout import DESCRIPTION, PREPARATION
from pellucid.runs.preparation import read_preparation
from pellucid.train.batch import Weights
from pellucid.train.history import History
from pellucid.train.snapshot import Snapshot
from pellucid.train.trained import Trained
from pellucid.types import Tree

if TYPE_CHECKING:
    import polars as pl


class Run:
    """The run in a folder. Its description is read at once, all else when it is first asked for.

    ``path`` is the folder, ``description`` all that ``run.json`` says. Raises RunError for what is not a run, and, when
    it is asked for, for what is damaged.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.description: dict[str, Any] = read_description(self.path)

    def __repr__(self) -> str:
        return f"Run({str(self.path)!r}: {self.task}, {self.description.get('status', 'not begun')})"

    @cached_property
    def trained(self) -> Trained:
        """The network with the weights to use: model, loss, params, state, history."""
        model, loss, example = decode_network(self.description, self.path)
        try:
            params, state = model.init(ops.key(0), example)
        except ValueError as error:
            raise RunError(
                f"{self.path / DESCRIPTION}: the network does not fit its inputs ({error}): restore it"
            ) from None
        return Trained(model, loss, *read_weights(self.path, params, state), self.history)

    @cached_property
    def preparation(self) -> Preparation | None:
        """How raw data becomes inputs, and outputs answers; None for a run that ``fit`` made from arrays."""
        preparation = read_preparation(self.path)
        if preparation is None and self.settings:
            raise RunError(f"{self.path} has no {PREPARATION}, though 'pellucid train' wrote one: restore it")
        return preparation

    @cached_property
    def history(self) -> History:
        """The numbers of every epoch."""
        return History(read_history(self.path))

    @property
    def task(self) -> str:
        """What was learnt: "classification", "regression", "reconstruction" or "forecasting"."""
        return str(self.description.get("task") or self.trained.loss.task)

    @property
    def result(self) -> dict[str, Any] | None:
        """What ``pellucid train`` measured at the end; None where it did not get there, and for a run of ``fit``."""
        result = self.description.get("result")
        return result if isinstance(result, dict) else None

    @property
    def command(self) -> str | None:
        """The command line that made it, where one did."""
        return self.description.get("command")

    @property
    def engine(self) -> str | None:
        """The engine it was trained on; None before training began."""
        return self.description.get("engine")

    @property
    def settings(self) -> dict[str, Any]:
        """The settings of ``pellucid train``, as stored; empty for a run made from Python."""
        return as_object(self.description.get("settings"))

    @property
    def reading(self) -> Reading:
        """How the files of its data were read. Raises RunError for settings that cannot be."""
        try:
            return Reading.from_settings(self.settings)
        except (KeyError, TypeError) as error:
            raise RunError(f"{self.path / DESCRIPTION} says how files are read, but not {error}: restore it") from None

    @property
    def example(self) -> Tree:
        """Inputs of the shapes and dtype that the network takes: ones, (1, ...)."""
        return decode_network(self.description, self.path)[2]

    @property
    def update(self) -> UpdateParts:
        """The rule by which weights were updated, with its penalty, clipping and constraint."""
        return decode_update(self.description, self.path)

    @property
    def rows(self) -> dict[str, int]:
        """How many examples each part of the data has, where it is stated."""
        return as_object(as_object(self.description.get("data")).get("rows"))

    @property
    def fingerprint(self) -> str | None:
        """The checksum of the training data, where it is stated."""
        return as_object(self.description.get("data")).get("fingerprint")

    def checkpoint(self, like: Weights) -> Snapshot:
        """The end of the last epoch written, for an optimizer whose fresh weights are ``like``. Raises RunError."""
        return read_checkpoint(self.path, like)

    def prepare(self, data: Any, reading: Reading | None = None) -> Inputs:
        """Raw data as inputs of the network.

        Args:
            data: the path of a file or folder as the run was trained on, or the same in memory: for a table a polars or
                pandas DataFrame, a list of dicts, a dict of columns, or rows, (B, D) with a cell for each column in the
                order of the table; for images an array (B, H, W) or (B, H, W, 3) of bytes, or a list of arrays or
                paths; for texts a list of str; for sound a list of pairs (samples, rate) or paths; for a series a table
                with its column of times.
            reading: how files are read; None: as in training.

        Returns:
            x as the network takes it, the places of the examples in files, and notes on what was done on the way.

        Raises:
            DataError: for data that cannot be read or do not fit; it says what is wanted.
            RunError: for a run that was trained on arrays, of which no one knows how they were prepared.
        """
        preparation, reading = self._known_preparation(), reading or self.reading
        if isinstance(data, (str, os.PathLike)):
            return preparation.read(Path(data), reading)
        return preparation.prepare(data, reading)

    def predict(self, data: Any) -> pl.DataFrame | Tree:
        """What the network says of raw data, in the target's own units and labels: see ``answer`` for the columns.

        ``data`` as ``prepare`` takes it. For a run without a preparation prepared arrays, of
        which the result is that of ``Trained.predict``. Raises as ``prepare`` does.
        """
        if self.preparation is None and not isinstance(data, (str, os.PathLike)):
            return self.trained.predict(data)
        return self.answer(self.prepare(data))

    def answer(self, inputs: Inputs) -> pl.DataFrame:
        """What the network says of prepared inputs; ``predict`` is ``prepare``, then this.

        A row for each example, of a series for each step of the forecast. Columns: the name of the example or its time,
        where it has one; ``prediction``; for classes ``p(CLASS)`` of each, ``score(CLASS)`` if it is no probability.
        For reconstruction ``reconstruction_error``, the mean squared error over the columns of x, as scaled; for a
        series one column for each variable. Raises RunError where network and preparation do not fit each other.
        """
        return make_answers(self.trained, self._known_preparation(), inputs)

    def _known_preparation(self) -> Preparation:
        if self.preparation is None:
            raise RunError(
                f"{self.path} was trained by fit on arrays, and keeps no preparation: give arrays prepared alike"
            )
        return self.preparation


def load_run(folder: str | os.PathLike[str]) -> Run:
    """The run in a folder, its network read. Raises RunError for what is not one, or is damaged."""
    run = Run(folder)
    run.trained  # noqa: B018  # now, so that a damaged run is refused here, not at its first use
    return run
