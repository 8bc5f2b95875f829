"""A frame: what the page draws, as a header and arrays in float32."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from pellucid.envelope import pack
from pellucid.playground.data.play_data import PlayData
from pellucid.playground.measure import Parts, confusion_of, penalty_of
from pellucid.playground.messages import Look
from pellucid.playground.pictures import Grid, map_of, units_of
from pellucid.playground.signs import SignWatch
from pellucid.playground.training import Training
from pellucid.trees import items

MOST_NUMBERS = 1 << 20
"""The pictures of units in a frame have at most so many numbers; of more units they are smaller."""

Named = tuple[str, np.ndarray]


class FrameMaker:
    """Makes the frames of a session; the grids of its networks are worked out once."""

    def __init__(self, data: PlayData, trainings: list[Training]) -> None:
        self.data, self.trainings = data, trainings
        self._grids: dict[tuple[int, int], Grid] = {}
        self._watches = [SignWatch(training) for training in trainings]

    def frame(self, number: int, running: bool, look: Look) -> bytes:
        """Frame ``number``, with what ``look`` asks for."""
        side = self._unit_side(look)
        headers, named, arrays = [], [], []
        for i, training in enumerate(self.trainings):
            first, rows = training.history.take_unsent()
            signs = self._watches[i].signs(running and training.can_go_on)
            headers.append({**network_header(training, running), "signs": signs, "history_from": first})
            for name, array in [*self._arrays(i, training, look, side), ("history", rows)]:
                named.append({"network": i, "name": name, "shape": list(array.shape)})
                arrays.append(array)
        header = {"type": "frame", "frame": number, "running": running, "networks": headers, "arrays": named}
        with np.errstate(over="ignore", invalid="ignore"):
            return pack(header, arrays)

    def _arrays(self, i: int, training: Training, look: Look, side: int) -> Iterator[Named]:
        network, weights = training.network, training.progress.weights
        for path, array in items(weights.params):
            yield f"param:{path}", array
        if look.gradients:
            for path, array in training.gradients().items():
                yield f"grad:{path}", array
        if look.map:
            yield "map", map_of(network, weights, self._grid(i, look.map))
        if side and self._is_seen(i, look):
            grid = self._grid(i, side)
            yield "features", grid.features
            for number, pictures in enumerate(units_of(network, weights, grid), 1):
                yield f"unit:{number}", pictures

    def _grid(self, i: int, side: int) -> Grid:
        if (i, side) not in self._grids:
            self._grids = {key: grid for key, grid in self._grids.items() if len(self._grids) < 16}
            self._grids[i, side] = Grid(self.trainings[i].network, self.data, side)
        return self._grids[i, side]

    def _is_seen(self, i: int, look: Look) -> bool:
        return look.networks is None or i in look.networks

    def _unit_side(self, look: Look) -> int:
        seen = [training.network for i, training in enumerate(self.trainings) if self._is_seen(i, look)]
        pictures = sum(network.x.shape[1] + sum(place.units for place in network.places[:-1]) for network in seen)
        return min(look.unit, math.isqrt(MOST_NUMBERS // max(pictures, 1)))


def network_header(training: Training, running: bool) -> dict[str, Any]:
    """What a frame says of a network beside its arrays."""
    network, progress, found = training.network, training.progress, training.measured
    status = "running" if running and training.can_go_on else training.status
    return {
        "epoch": progress.epoch,
        "step": progress.step,
        "loss": _parts(found.loss),
        "accuracy": None if found.accuracy is None else _parts(found.accuracy),
        "penalty": penalty_of(network, progress.weights),
        "learning_rate": training.learning_rate(),
        "status": status,
        "note": training.note,
        "layers": [{"path": p.path, "units": p.units, "activation": p.activation} for p in network.places],
        "confusion": None if found.decided is None else confusion_of(network, found.decided),
    }


def data_message(data: PlayData) -> bytes:
    """The message that says what the data are."""
    arrays = {"x": data.x, "y": data.y, "part": data.test.astype(np.float32), "shown": data.shown}
    header = {
        "type": "data",
        "problem": "classification" if data.classes else "regression",
        "classes": data.classes,
        "columns": list(data.columns),
        "domain": [list(side) for side in data.domain],
        "range": [float(data.y.min()), float(data.y.max())],
        "arrays": [{"name": name, "shape": list(array.shape)} for name, array in arrays.items()],
    }
    return pack(header, list(arrays.values()))


def _parts(parts: Parts) -> dict[str, float]:
    return {"train": parts.train, "test": parts.test}
