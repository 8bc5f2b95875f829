"""What every rule of early stopping is: which number it watches, and when training is to end."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from pellucid.train.stopping.monitor import full_name, is_better, quantity
from pellucid.value import Value

Record = Mapping[str, Any]
"""An epoch as in ``History.epochs``: ``epoch``, ``train``, ``validation`` ..."""


class StoppingRule(Value):
    """A rule for ending a training early: ``fit(..., early_stopping=rule)``. The weights of the best epoch are kept."""

    @property
    def monitored(self) -> str:
        """The name of the number by which epochs are compared."""
        return "loss"

    @property
    def lower(self) -> bool:
        """Whether a lower one is better."""
        return True

    @property
    def least_gain(self) -> float:
        """By more than so much an epoch must be better."""
        return 0.0

    @property
    def needs_validation(self) -> bool:
        """Whether validation data are needed."""
        return full_name(self.monitored).startswith("validation.")

    def value(self, record: Record) -> float:
        """The number of an epoch. Raises ConfigError where this training has no such number."""
        return quantity(record, self.monitored)

    def better(self, record: Record, best: float | None) -> bool:
        """Whether this epoch beats the ``best`` value so far (None: there is none yet)."""
        return is_better(self.value(record), best, self.lower, self.least_gain)

    @abstractmethod
    def find_reason(self, records: Sequence[Record], best_epoch: int) -> str | None:
        """Why training is to end after the last of these epochs, of which number ``best_epoch`` was best; else None."""
