"""A run looked into with its own data: the worst mistakes, what each layer makes of an example, its weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from pellucid.combinators import record
from pellucid.data import Dataset, Split
from pellucid.data.base.splits import PARTS
from pellucid.errors import ConfigError, RunError, UnknownNameError
from pellucid.jobs.network_source import data_as_trained
from pellucid.masked import values_of
from pellucid.own_files import read_own
from pellucid.report.inputs import show_forecast, show_input
from pellucid.report.mistakes import Cell, Judged, Order
from pellucid.runs import Run
from pellucid.runs.layout import WEIGHTS
from pellucid.trees import flatten, tree_map
from pellucid.weights import load_arrays

MOST_EXAMPLES = 5_000
"""Of a larger part so many examples are judged, evenly chosen."""

MOST_SHOWN = 200
"""So many examples are shown at most."""

MOST_NUMBERS = 1_000_000
"""Of a larger array the first rows are shown, so many numbers."""


class Shown(NamedTuple):
    """An array as it is shown: ``values`` is all of it, or its first rows; ``shape`` is that of all."""

    values: np.ndarray
    shape: tuple[int, ...]


class Inspection:
    """One run with its data. All is read when it is first needed; ``is_current`` says whether it still holds."""

    def __init__(self, path: Path, data: Dataset | None = None) -> None:
        self.path = path
        self._stamp = _stamp(path)
        self._judged: dict[str, tuple[np.ndarray, Judged]] = {}
        self.run = Run(path)
        self._data = data

    def is_current(self) -> bool:
        """Whether the weights are still those that were read."""
        return self._stamp == _stamp(self.path)

    def again(self) -> Inspection:
        """The same with the weights as they are now, and with the data that was read, if it is still that run's."""
        later = Inspection(self.path)
        if later.run.fingerprint == self.run.fingerprint and later.run.settings == self.run.settings:
            later._data = self._data
        return later

    @property
    def data(self) -> Dataset:
        """The data of the run. Raises DataError, RunError where it cannot be had."""
        if self._data is None:
            self._data = data_as_trained(self.run)
        return self._data

    def examples(self, part: str, order: Order, count: int, cell: Cell | None = None) -> dict[str, Any]:
        """Examples of a part in an ``order``, each with what the network says of it and its inputs to look at.

        ``of`` is how many examples the part has, ``judged`` how many were looked at; ``confusion`` and ``residuals``
        are of those.

        Args:
            part: "train", "validation" or "test".
            order: see ``Order``.
            count: so many examples, at most MOST_SHOWN.
            cell: of this cell of the confusion matrix alone. Default: of all.

        Raises:
            UnknownNameError: there is no such part, order or class.
            ConfigError: a cell is asked for where there are no classes.
        """
        if order not in (known := Order.__args__):  # type: ignore[attr-defined]  # what Literal keeps
            raise UnknownNameError("order", order, list(known))
        whole = self._part(part)
        rows, judged = self.judge(part)
        shown = judged.order(order, min(max(count, 0), MOST_SHOWN), cell)
        told = [
            {
                "row": int(rows[place]),
                "place": None,
                **judged.describe(int(place)),
                **self._pictures(whole.take(rows[place : place + 1]), judged, int(place)),
            }
            for place in shown
        ]
        found: dict[str, Any] = {"part": part, "of": len(whole), "judged": len(rows), "examples": told}
        more = {"confusion": judged.confusion(), "residuals": judged.residuals()}
        return {**found, **{name: value for name, value in more.items() if value is not None}}

    def outputs(self, part: str, row: int, layer: str) -> Shown:
        """What a layer gives for one example, without the batch axis. Raises UnknownNameError, ConfigError."""
        whole, trained = self._part(part), self.run.trained
        if not 0 <= row < len(whole):
            raise ConfigError(f"the {part} part has rows 0 to {len(whole) - 1}, not {row}")
        x = whole.take(np.arange(row, row + 1)).x
        with np.errstate(all="ignore"):
            taps = record(trained.model, trained.params, trained.state, x)
        found = {
            "/".join(filter(None, (path, name))): array
            for path, tap in taps.items()
            for name, array in flatten(values_of(tap["y"])).items()
        }
        if layer not in found:
            raise UnknownNameError("layer", layer, list(found))
        return _first_rows(np.asarray(found[layer])[0])

    def weights(self, path: str) -> Shown:
        """The array of weights of that path, "dense_1/W", as it was written last. Raises UnknownNameError, RunError."""
        arrays = load_arrays(self.path / WEIGHTS, read_own)
        known = {name.removeprefix("params/"): array for name, array in arrays.items()}
        if path not in known:
            raise UnknownNameError("array of weights", path, list(known))
        return _first_rows(known[path])

    def _part(self, part: str) -> Split:
        if part not in PARTS:
            raise UnknownNameError("part", part, list(PARTS))
        found: Split = getattr(self.data, part)
        if not len(found):
            raise RunError(f"the {part} part of {self.data.name} has no examples: take another part")
        return found

    def judge(self, part: str) -> tuple[np.ndarray, Judged]:
        """Row numbers of a part, at most MOST_EXAMPLES, and what the network says of them."""
        if part not in self._judged:
            whole, trained = self._part(part), self.run.trained
            rows = np.unique(np.linspace(0, len(whole) - 1, min(len(whole), MOST_EXAMPLES)).astype(int))
            x, target = whole.take(rows)
            self._judged[part] = rows, Judged(self.data, trained.loss, trained.outputs(x), target)
        return self._judged[part]

    def _pictures(self, one: Split, judged: Judged, place: int) -> dict[str, Any]:
        """The ``input``, and beside it, of an autoencoder the ``reconstruction``, of a series the ``forecast``."""
        x = tree_map(np.asarray, one.x)
        found: dict[str, Any] = {"input": show_input(self.data, x)}
        if self.data.task == "reconstruction":
            found["reconstruction"] = show_input(self.data, judged.said[place : place + 1])
        forecast = show_forecast(self.data, x, np.asarray(judged.target)[place], judged.said[place])
        return {**found, "forecast": forecast} if forecast else found


def _first_rows(array: np.ndarray) -> Shown:
    shown = array
    if array.size > MOST_NUMBERS:
        shown = array[: max(1, MOST_NUMBERS * len(array) // array.size)]
        shown = shown if shown.size <= MOST_NUMBERS else shown.reshape(-1)[:MOST_NUMBERS]
    return Shown(np.asarray(shown, np.float32), array.shape)


def _stamp(path: Path) -> tuple[int, ...]:
    """By what the weights of a run are known to have changed."""
    try:
        found = (path / WEIGHTS).stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino
