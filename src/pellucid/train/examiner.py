"""Does the examinations, on a sample that is chosen once, as often as they take a small share of the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pellucid import trees
from pellucid.runtime.blas import on_one_core
from pellucid.runtime.usage import Stopwatch
from pellucid.train.batch import Batch, Weights
from pellucid.train.engines import Work
from pellucid.train.events import Examined
from pellucid.train.examinations import Examination, ExaminedNetwork, Histogram
from pellucid.train.feed.order import take
from pellucid.train.listeners import Listeners
from pellucid.train.recipe import Recipe

SHARE = 0.02
"""The share of the training's time that examinations may take, that after the last epoch twice as much."""
WITH_WATCHING, AT_LEAST = 1.75, 0.25
"""So many times ``SHARE`` is what they may take together with watched steps, and what is theirs whatever those take."""
FREE, FREE_AT_LAST = 0.02, 0.1
"""Seconds that they may take in any case, so that a short training is examined too."""
SECONDS_A_PARAMETER = 1e-7
"""What the histograms of a weight and its gradient take, for each of them."""
MOST_EXAMPLES, LEAST_EXAMPLES = 256, 16
SECONDS = 0.03
"""About how long the forward and backward of an examination may take, which decides how many examples it has."""


@dataclass
class Examiner:
    """Examines the network of ``recipe`` on ``sample``. What is found depends on the weights alone; how often, on the
    clock: an examination waits until so much time has gone into training that all of them take ``SHARE`` of it,
    or less where watched steps took much.

    ``expected`` is how many seconds the first will take; the time of the last one tells it for the next.
    """

    recipe: Recipe
    sample: Batch
    examinations: Sequence[Examination]
    expected: float
    _spent: float = 0.0
    _clock: Stopwatch = field(default_factory=Stopwatch)
    _memories: dict[Examination, dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self._memories = {examination: {} for examination in self.examinations}

    def is_due(self, last: bool, watching: float = 0.0) -> bool:
        """Whether there is time for an examination, where watched steps took so many seconds, ``watching``.

        Where other programs have the processor, that is no time spent; to ask for it takes longer than the rest.
        """
        clock = self._clock
        return self._has_time(clock.seconds, last, watching) and self._has_time(clock.own_seconds, last, watching)

    def _has_time(self, elapsed: float, last: bool, watching: float) -> bool:
        share = SHARE * elapsed
        share = max(min(share, WITH_WATCHING * share - watching), AT_LEAST * share)
        allowed = max(2 * share, FREE_AT_LAST) if last else max(share, FREE)
        return self._spent + self.expected <= allowed

    @on_one_core()
    def examine(self, weights: Weights, epoch: int, step: int, listeners: Listeners) -> None:
        """Tell what the examinations find in these weights. One that raises is reported, and not done again."""
        watch = Stopwatch()
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
        listeners.tell(Examined(epoch, step, self.sample.examples, histograms, numbers))
        self.expected = watch.own_seconds  # with what the run folder takes to keep it
        self._spent += self.expected


def make_examiner(
    recipe: Recipe,
    batch: Batch,
    work: Work,
    parameters: int,
    examinations: Sequence[Examination],
    seed: int,
    exactly: int | None = None,
) -> Examiner:
    """An examiner with some examples of ``batch``, chosen by the seed: as many as are gone through soon, 16 to 256.

    Args:
        recipe: what is trained.
        batch: the examples to choose from.
        work: what the network has to do for one.
        parameters: how many weights it has.
        examinations: what is to be found out.
        seed: any whole number.
        exactly: so many examples, where the network takes no other number.
    """
    count = exactly or MOST_EXAMPLES
    while exactly is None and count > LEAST_EXAMPLES and work.seconds(count) > SECONDS:
        count //= 2
    rows = np.random.default_rng([seed % 2**64, 1]).permutation(batch.examples)[:count]
    sample = take(batch._replace(weight=None), np.sort(rows))
    return Examiner(recipe, sample, examinations, 2 * work.seconds(count) + parameters * SECONDS_A_PARAMETER)
