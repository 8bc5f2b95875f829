"""Signs of a training that goes wrong, looked for now and then, at no more than a twentieth of its time."""

from __future__ import annotations

import time
from typing import Any, cast

import numpy as np

from pellucid.diagnosis.measurements import Measurements, chance_loss
from pellucid.diagnosis.symptoms import Symptom, find_symptoms
from pellucid.optim import Rule
from pellucid.playground.network import Network
from pellucid.playground.questions.subject import plain
from pellucid.playground.remedies import remedy_of
from pellucid.playground.training import Training
from pellucid.train.batch import Batch, Weights
from pellucid.train.examinations.examination import ExaminedNetwork

SECONDS = 0.5
"""So long at least from one look to the next."""

SHARE = 0.05
"""Looking takes no more than this part of the time."""

MOST_ROWS = 200
"""So many epochs of the course are looked at, the last ones all."""

MOST_WAITING = 30.0
"""After a look that took long the next comes no later than this."""


class SignWatch:
    """Watches one training. It looks at values alone: the training comes out the same with it."""

    def __init__(self, training: Training) -> None:
        self.training = training
        self._signs: list[dict[str, Any]] = []
        self._seen: tuple[Network, Weights, str] | None = None
        self._chance: tuple[Network, float] | None = None
        self._next = float("-inf")

    def signs(self, running: bool) -> list[dict[str, Any]]:
        """What goes wrong, as the page has it: while it runs those of a moment ago, else those of now."""
        training = self.training
        now = (training.network, training.progress.weights, training.status)
        is_same = self._seen is not None and all(a is b for a, b in zip(now, self._seen, strict=True))
        if is_same or (running and time.perf_counter() < self._next):
            return self._signs
        begun = time.perf_counter()
        with np.errstate(all="ignore"):
            self._signs = [self._sign(symptom) for symptom in find_symptoms(self._measurements())]
        taken = time.perf_counter() - begun
        self._next = begun + max(SECONDS, min(taken / SHARE, MOST_WAITING))
        self._seen = now
        return self._signs

    def _sign(self, symptom: Symptom) -> dict[str, Any]:
        state = self.training.network.state
        layers = tuple(place.path for place in self.training.network.places[:-1])
        which = symptom.seen.get("which")
        return {
            "sign": symptom.name,
            "level": symptom.level,
            "path": symptom.path if which is None else f"{symptom.path}[{which}]",
            "seen": plain({name: value for name, value in symptom.seen.items() if name != "which"}),
            "remedy": remedy_of(symptom, state, layers),
        }

    def _measurements(self) -> Measurements:
        training = self.training
        network, progress = training.network, training.progress
        held_out = Batch(network.x[network.training :], network.targets[network.training :])
        course = _course(training)
        return Measurements(
            network=ExaminedNetwork(
                network.model,
                network.recipe.loss,
                progress.weights.params,
                progress.weights.state,
                network.batch,
                {},
            ),
            test=held_out,
            epochs=course[:, 0],
            train_losses=course[:, 2],
            test_losses=course[:, 3],
            optimizer=cast(Rule, network.recipe.optimizer),  # those of the playground all are
            slots=progress.weights.slots,
            step=progress.step,
            chance=self._chance_of(network),
            failure=(training.note or "a number is not finite") if training.status == "diverged" else None,
        )

    def _chance_of(self, network: Network) -> float:
        """The loss of the best constant answer, worked out once."""
        if self._chance is None or self._chance[0] is not network:
            value = chance_loss(network.recipe.loss, network.batch.target, network.objective.outputs)
            self._chance = (network, value)
        return self._chance[1]


def _course(training: Training) -> np.ndarray:
    """Rows of the history, the first, some between, and the last ones all; (n, 6)."""
    rows = training.history.rows
    if len(rows) > MOST_ROWS:
        half = MOST_ROWS // 2
        before = rows[: len(rows) - half]
        rows = [*before[:: -(-len(before) // half)], *rows[len(rows) - half :]]
    return np.array(rows, dtype=np.float64)
