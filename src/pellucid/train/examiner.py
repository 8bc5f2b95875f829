"""Does the examinations, on a sample that is chosen once, as often as they take a small share of the time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pellucid import trees
from pellucid.train.batch import Batch, Weights
from pellucid.train.engines import Work
from pellucid.train.events import Examined
from pellucid.train.examinations import Examination, ExaminedNetwork, Histogram
from pellucid.train.feed.order import take
from pellucid.train.listeners import Listeners
from pellucid.train.recipe import Recipe

SHARE = 0.02
"""The share of the training's time that examinations may take."""
MOST_EXAMPLES, LEAST_EXAMPLES = 256, 16
SECONDS = 0.03
"""About how long the forward and backward of an examination may take, which decides how many examples it has."""


@dataclass
class Examiner:
    """Examines the network of ``recipe`` on ``sample``. What is found depends on the weights alone; how often, on the
    clock: never while more than ``SHARE`` of the time has gone into it.
    """

    recipe: Recipe
    sample: Batch
    examinations: Sequence[Examination]
    _spent: float = 0.0
    _begun: float = field(default_factory=time.perf_counter)
    _memories: dict[Examination, dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self._memories = {examination: {} for examination in self.examinations}

    def is_due(self, last: bool) -> bool:
        """Whether there is time for an examination; the ``last`` epoch has some more."""
        elapsed = time.perf_counter() - self._begun
        return self._spent <= SHARE * (1 + last) * elapsed

    def examine(self, weights: Weights, epoch: int, step: int, listeners: Listeners) -> None:
        """Tell what the examinations find in these weights. One that raises is reported, and not done again."""
        begun = time.perf_counter()
        params, state = trees.tree_map(np.asarray, (weights.params, weights.state))
        found: dict[str, float | Histogram] = {}
        network = ExaminedNetwork(self.recipe.model, self.recipe.loss, params, state, self.sample, {})
        with np.errstate(all="ignore"):
            for examination, memory in list(self._memories.items()):
                network.memory = memory
                try:
                    found |= examination.examine(network)
                except Exception as error:  # training can do without
                    del self._memories[examination]
                    listeners.report(f"the examination {examination!r}", error, epoch, step)
        histograms = {name: value for name, value in found.items() if isinstance(value, Histogram)}
        numbers = {name: float(value) for name, value in found.items() if not isinstance(value, Histogram)}
        self._spent += time.perf_counter() - begun
        listeners.tell(Examined(epoch, step, self.sample.examples, histograms, numbers))


def choose_sample(batch: Batch, work: Work, seed: int, exactly: int | None = None) -> Batch:
    """Some examples of ``batch``, chosen by the seed: as many as are gone through soon, 16 to 256, or ``exactly``."""
    count = exactly or MOST_EXAMPLES
    while exactly is None and count > LEAST_EXAMPLES and work.seconds(count) > SECONDS:
        count //= 2
    rows = np.random.default_rng([seed % 2**64, 1]).permutation(batch.examples)[:count]
    return take(batch._replace(weight=None), np.sort(rows))
