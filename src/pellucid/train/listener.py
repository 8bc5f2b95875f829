"""Who watches a training: the progress bar, the run folder, whatever a user adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pellucid.train.batch import Weights


@dataclass
class Snapshot:
    """The end of an epoch: all that going on needs. ``best`` are the weights to keep (None: these).

    ``epoch`` counts the epochs done, ``steps`` the steps done; ``best_value`` is the monitored number of
    ``best_epoch`` (None: nothing is monitored).
    """

    weights: Weights
    epoch: int = 0
    steps: int = 0
    best: Weights | None = None
    best_epoch: int = 0
    best_value: float | None = None

    @property
    def kept(self) -> Weights:
        """The weights to use: the best ones where something is monitored, else these."""
        return self.best or self.weights


class Listener:
    """Hears how a training goes. Every method may be left out; none may change what it is given."""

    def started(self, epochs: int, examples: int, batch_size: int, engine: str, snapshot: Snapshot) -> None:
        """Training begins, or goes on, from ``snapshot``: up to so many ``epochs`` over so many ``examples``."""

    def stepped(self, epoch: int, step: int, seen: dict[str, Any]) -> None:
        """Steps up to ``step`` of the epoch are done; ``seen`` holds their numbers."""

    def epoch_ended(self, record: dict[str, Any], steps: dict[str, Any], snapshot: Snapshot) -> None:
        """An epoch is done: its record and per-step numbers, as in ``History``."""

    def ended(self, stopped: str) -> None:
        """Training is over, for the reason given."""
