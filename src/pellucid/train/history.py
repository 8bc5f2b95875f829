"""What training looked like: numbers of every step and every epoch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass(repr=False)
class History:
    """``epochs``: a dict an epoch (``epoch``, ``train``, ``validation``, ``learning_rate``, ``seconds``);
    ``steps``: arrays with a number for each step: ``loss``, ``learning_rate``, ``correct`` where counted.

    Training numbers of an epoch are means over its steps, taken while the weights moved; validation is measured at
    its end.
    """

    epochs: list[dict[str, Any]] = field(default_factory=list)
    steps: dict[str, np.ndarray[Any, Any]] = field(default_factory=dict)

    def __repr__(self) -> str:
        last = f", the last {self.epochs[-1]}" if self.epochs else ""
        return f"History({len(self.epochs)} epochs, {len(self.steps.get('loss', ()))} steps{last})"

    def add(self, epoch: dict[str, Any], steps: dict[str, np.ndarray[Any, Any]]) -> None:
        """Append one epoch."""
        self.epochs.append(epoch)
        for name, values in steps.items():
            self.steps[name] = np.concatenate([self.steps.get(name, np.zeros(0)), values])

    def column(self, part: str, quantity: str) -> list[float]:
        """One number of every epoch: ``column("validation", "accuracy")``."""
        return [epoch[part][quantity] for epoch in self.epochs]
