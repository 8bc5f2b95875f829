"""The end of an epoch: what a training goes on from."""

from __future__ import annotations

from dataclasses import dataclass

from pellucid.train.batch import Weights


@dataclass
class Snapshot:
    """The end of an epoch: all that going on needs. ``best`` are the weights to keep (None: these).

    ``epoch`` counts the epochs done, ``steps`` the steps done; ``best_value`` is the monitored number of
    ``best_epoch`` (None: nothing is monitored). ``rate_factor`` is what changes have multiplied the learning rate by.
    ``epochs_changed`` says that so many epochs were planned, and how many a change made of them.
    """

    weights: Weights
    epoch: int = 0
    steps: int = 0
    best: Weights | None = None
    best_epoch: int = 0
    best_value: float | None = None
    rate_factor: float = 1.0
    epochs_changed: tuple[int, int] | None = None

    @property
    def kept(self) -> Weights:
        """The weights to use: the best ones where something is monitored, else these."""
        return self.best or self.weights
