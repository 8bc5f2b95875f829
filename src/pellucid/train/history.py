"""What training looked like: numbers of every step and every epoch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pellucid.errors import UnknownNameError
from pellucid.train.stopping.records import EpochRecords


class History:
    """``epochs``: a dict an epoch (``epoch``, ``train``, ``validation``, ``learning_rate``, ``seconds``);
    ``steps``: arrays with a number for each step: ``loss``, ``learning_rate``, ``correct`` where counted; ``layers``:
    what watched steps said of every layer (see ``fit(watch_every=...)``), an array for each number beside ``step``,
    their numbers counted from 1.

    Training numbers of an epoch are means over its steps, taken while the weights moved; validation is measured at
    its end.
    """

    def __init__(
        self,
        epochs: list[dict[str, Any]] | None = None,
        steps: dict[str, np.ndarray[Any, Any]] | None = None,
        layers: dict[str, np.ndarray[Any, Any]] | None = None,
    ) -> None:
        self.epochs = EpochRecords(epochs or ())
        self._steps, self._layers = _Stretches("loss", steps), _Stretches("step", layers)

    @property
    def steps(self) -> dict[str, np.ndarray[Any, Any]]:
        """The numbers of every step."""
        return self._steps.together()

    @property
    def layers(self) -> dict[str, np.ndarray[Any, Any]]:
        """What watched steps said."""
        return self._layers.together()

    def __repr__(self) -> str:
        last = f", the last {self.epochs[-1]}" if self.epochs else ""
        return f"History({len(self.epochs)} epochs, {len(self.steps.get('loss', ()))} steps{last})"

    def add(
        self,
        epoch: dict[str, Any],
        steps: dict[str, np.ndarray[Any, Any]],
        layers: dict[str, np.ndarray[Any, Any]] | None = None,
    ) -> None:
        """Append one epoch, with what its steps and those of them that were watched said."""
        self.epochs.append(epoch)
        self._steps.add(steps)
        self._layers.add(layers)

    def keys(self) -> list[str]:
        """The names of the columns: "loss", "accuracy", "val_loss", "val_accuracy", "learning_rate" ..."""
        if not self.epochs:
            return []
        names = {"": list(self.epochs[0]["train"]), "val_": list(self.epochs[0].get("validation", ()))}
        return [*(prefix + name for prefix, part in names.items() for name in part), "learning_rate"]

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __getitem__(self, name: str) -> list[Any]:
        """A number of every epoch by the name that Keras has for it; ``dict(history)`` has all of them.

        Raises UnknownNameError for another name.
        """
        if name not in self.keys():
            raise UnknownNameError(
                "column of the history", name, self.keys(), None if self.epochs else "no epoch is done"
            )
        if name == "learning_rate":
            return [epoch[name] for epoch in self.epochs]
        return self.column("validation" if name.startswith("val_") else "train", name.removeprefix("val_"))

    def column(self, part: str, quantity: str) -> list[float]:
        """One number of every epoch: ``column("validation", "accuracy")``."""
        return [epoch[part][quantity] for epoch in self.epochs]


class _Stretches:
    """Numbers of stretches of steps, put together when asked for: an epoch more costs no copy of all before."""

    def __init__(self, always: str, first: dict[str, np.ndarray[Any, Any]] | None) -> None:
        self._always, self._parts = always, [first] if first else []

    def add(self, part: dict[str, np.ndarray[Any, Any]] | None) -> None:
        if part:
            self._parts.append(part)

    def together(self) -> dict[str, np.ndarray[Any, Any]]:
        if len(self._parts) > 1:
            self._parts = [concatenate_steps(self._parts, self._always)]
        return self._parts[0] if self._parts else {}


def epoch_record(
    epoch: int, learning_rate: float, train: dict[str, Any], validation: dict[str, float] | None
) -> dict[str, Any]:
    """The record of an epoch, counted from 1: its last learning rate (None for NaN: optax keeps it to itself), the
    means of its steps, and what validation measured, if there is any.
    """
    rate = float(learning_rate)
    record = {"epoch": epoch, "learning_rate": None if np.isnan(rate) else rate, "train": train}
    return {**record, "validation": validation} if validation else record


def concatenate_steps(
    parts: list[dict[str, np.ndarray[Any, Any]]], always: str = "loss"
) -> dict[str, np.ndarray[Any, Any]]:
    """Per-step numbers of several stretches, one after another; NaN in a stretch that was without a number. Every
    stretch has that of the name ``always``.
    """
    names = dict.fromkeys(name for part in parts for name in part)
    return {
        name: np.concatenate([part.get(name, np.full(len(part[always]), np.nan)) for part in parts]) for name in names
    }


def means_of(steps: dict[str, np.ndarray[Any, Any]], examples: int, batch_size: int) -> dict[str, Any]:
    """``loss`` and, where it was counted, ``accuracy`` of an epoch of so many examples, from what its steps saw.

    Shapes: steps[name] (S,), the means numbers; or (S, K), the means lists of K.
    """
    sizes = np.full(len(steps["loss"]), batch_size)
    sizes[-1] = examples - batch_size * (len(sizes) - 1)
    with np.errstate(over="ignore", invalid="ignore"):  # losses that are not finite have their own message
        means = {"loss": np.average(steps["loss"], axis=0, weights=sizes)}
    if "correct" in steps:
        means["accuracy"] = steps["correct"].sum(axis=0, dtype=np.float64) / examples
    return {name: mean.tolist() for name, mean in means.items()}
