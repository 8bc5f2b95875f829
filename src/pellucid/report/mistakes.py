"""Single examples: what the network says of each, how wrong it is, and which are worst."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np

from pellucid.data import Dataset
from pellucid.data.base.targets import AmountsTarget, InputsTarget, LabelsTarget, SeriesTarget
from pellucid.errors import ConfigError, UnknownNameError
from pellucid.layer import Loss
from pellucid.report.classification import class_scores, confusion
from pellucid.train.metrics import decide

Order = Literal["worst", "best", "first", "surest"]
"""How examples are ordered: by loss; as they come; mistakes alone, those most sure of themselves first."""

MOST_NAMED = 10
"""Of more classes the likeliest so many have their probability told."""

MOST_POINTS = 2_000
"""So many residuals are listed."""


class Cell(NamedTuple):
    """A cell of the confusion matrix, by the names of classes."""

    target: str
    prediction: str


class Judged:
    """The examples of a part with the network's outputs: ``losses`` (B,), and what is said of each in words.

    Shapes: outputs (B, ...), raw; target as the loss takes it. ``decided``, (B,), are labels, for classification alone.
    """

    def __init__(self, dataset: Dataset, loss: Loss, outputs: Any, target: Any) -> None:
        self.target, self.outputs, self._loss, self._dataset = target, outputs, loss, dataset
        with np.errstate(all="ignore"):
            self.losses: np.ndarray = np.nan_to_num(np.asarray(loss.value(outputs, target), np.float64), nan=np.inf)
        self.said: np.ndarray = np.asarray(loss.predict(outputs))
        is_classes = dataset.task == "classification" and dataset.classes is not None
        self.decided = np.asarray(decide(loss, outputs)) if is_classes else None

    def order(self, how: Order, count: int, cell: Cell | None = None) -> np.ndarray:
        """The places of so many examples, in this order; of a ``cell`` of the confusion matrix, those in it alone."""
        places = np.arange(len(self.losses))
        if how == "surest" and self.decided is not None:
            wrong = np.flatnonzero(self.decided != self.target)
            places = wrong[
                np.argsort(-class_scores(self.said, self._loss.gives_probabilities).max(axis=-1)[wrong], kind="stable")
            ]
        elif how in ("worst", "surest"):
            places = np.argsort(-self.losses, kind="stable")
        elif how == "best":
            places = np.argsort(self.losses, kind="stable")
        return (places if cell is None else places[self._are_in(cell)[places]])[:count]

    def _are_in(self, cell: Cell) -> np.ndarray:
        """Whether each example is in a cell of the confusion matrix, (B,)."""
        classes = self._dataset.classes
        if self.decided is None or classes is None:
            raise ConfigError(f"a network for {self._dataset.task} has no confusion matrix: name no cell")
        for name in (cell.target, cell.prediction):
            if name not in classes:
                raise UnknownNameError("class", name, list(classes))
        target, prediction = (classes.index(name) for name in cell)
        return np.asarray((self.target == target) & (self.decided == prediction))

    def describe(self, place: int) -> dict[str, Any]:
        """The ``target``, ``prediction``, ``loss`` and, of a classifier, ``probabilities`` or ``scores`` of one."""
        told: dict[str, Any] = {"loss": float(self.losses[place])}
        classes = self._dataset.classes
        if self.decided is not None and classes is not None:
            scores = class_scores(self.said, self._loss.gives_probabilities)[place]
            likeliest = np.argsort(-scores, kind="stable")[:MOST_NAMED]
            kind = "probabilities" if self._loss.gives_probabilities else "scores"
            return {
                "target": classes[int(self.target[place])],
                "prediction": classes[int(self.decided[place])],
                **told,
                kind: {classes[k]: float(scores[k]) for k in likeliest},
            }
        target, said = self._in_unit(np.stack([self.target[place], self.said[place]]))
        return {"target": target, "prediction": said, **told}

    def confusion(self) -> dict[str, Any] | None:
        """``classes`` and ``matrix``, true classes down and decided ones across; None where there are no classes."""
        classes = self._dataset.classes
        if self.decided is None or classes is None:
            return None
        matrix = confusion(self.target, self.decided, len(classes))
        return {"classes": list(classes), "matrix": matrix} if matrix else None

    def residuals(self) -> dict[str, Any] | None:
        """``target`` and ``prediction`` of amounts in their own unit, at most MOST_POINTS; None for other tasks.

        Of several columns those of the first, and ``more``, the same of the others by name.
        """
        if self._dataset.task != "regression":
            return None
        chosen = np.unique(np.linspace(0, len(self.losses) - 1, min(len(self.losses), MOST_POINTS)).astype(int))
        target: Any = self._dataset.preprocessing.target
        truth, said = (np.asarray(target.decode(part[chosen])) for part in (self.target, self.said))
        names = list(target.columns)
        truth, said = truth.reshape(len(chosen), -1), said.reshape(len(chosen), -1)
        pairs = {
            name: {"target": truth[:, k].tolist(), "prediction": said[:, k].tolist()} for k, name in enumerate(names)
        }
        first = pairs.pop(names[0])
        return {"column": names[0], **first, **({"more": pairs} if pairs else {})}

    def _in_unit(self, pair: np.ndarray) -> list[Any]:
        """Target and prediction, (2, ...), in the target's own unit: a number, names, or lists of numbers."""
        target = self._dataset.preprocessing.target
        if isinstance(target, (LabelsTarget, AmountsTarget)):
            return [dict(zip(target.columns, row, strict=True)) for row in target.decode(pair).tolist()]
        if isinstance(target, InputsTarget):
            return [row.reshape(-1)[:1000].tolist() for row in pair]
        if isinstance(target, SeriesTarget) and target.each:  # by which series an example is scaled is not known here
            return list(pair.tolist())
        return list(np.asarray(target.decode(pair)).tolist())
