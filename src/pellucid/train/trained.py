"""A network with its weights: what training gives back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from pellucid import spec
from pellucid.data import check_arrays
from pellucid.layer import Layer, Loss
from pellucid.train.engines import Engine, engine_named
from pellucid.train.engines.eager import Eager
from pellucid.train.feed.examples import as_examples
from pellucid.train.history import History
from pellucid.train.metrics import Tally, decide, is_classification
from pellucid.trees import count_examples, leaves
from pellucid.types import Params, State, Tree
from pellucid.weights import save_arrays

FEW = 16
"""So many examples are answered eagerly: sooner than weights are brought to a compiled program, let alone compiled."""


@dataclass(repr=False)
class Trained:
    """A model, its loss, its weights, and how they came about.

    ``stopped`` says why training ended: "all epochs done", "validation no longer improved", "stopped as asked",
    "interrupted" or, inside a NonFiniteError, what went wrong. ``best_epoch`` is the epoch whose weights these are (0:
    the initial ones). ``seconds`` is how long it took, with the time before it of a run that went on.
    """

    model: Layer
    loss: Loss
    params: Params
    state: State
    history: History = field(default_factory=History)
    engine: str = "numpy"
    stopped: str = ""
    best_epoch: int = 0
    seconds: float = 0.0

    def __repr__(self) -> str:
        """What it is and how it came about, without its weights."""
        count = sum(leaf.size for leaf in leaves(self.params))
        epochs = f"{len(self.history.epochs)} epochs"
        how = f"{epochs} on {self.engine}, best {self.best_epoch}, {self.stopped}" if self.stopped else epochs
        return f"Trained({self.model!r}, {self.loss!r}: {count:,} parameters, {how})"

    def outputs(self, x: Any) -> Tree:
        """The network's raw outputs (logits, where the loss takes logits) for each example: an array, or a dict of
        arrays by name.
        """
        x, _ = check_arrays(x, finite=False)  # the engine checks that
        return self._engine(count_examples(x)).outputs(self.model, self.params, self.state, x)

    def predict(self, x: Any) -> Tree:
        """What the network says for each example: probabilities, or values; see ``Loss.predict``."""
        return self.loss.predict(self.outputs(x))

    def classify(self, x: Any) -> np.ndarray[Any, Any]:
        """The class of each example, as an integer."""
        result: np.ndarray[Any, Any] = decide(self.loss, self.outputs(x))
        return result

    def evaluate(self, data: Any, y: Any = None) -> dict[str, float]:
        """``loss`` and ``accuracy`` or ``r2`` on ``(x, y)``, given as a pair or as two arguments, or on data on disk.

        Raises DataError for what is no such pair, and for targets that the loss cannot take.
        """
        examples = as_examples("evaluate: data", data if y is None else (data, y), task=self.loss.task)
        engine = self._engine(examples.examples)
        tally = Tally(self.loss, is_classification(self.loss, examples.sample.target))
        with closing(examples.parts()) as parts:
            for x, target, _ in parts:
                outputs = engine.outputs(self.model, self.params, self.state, x)
                self.loss.check_target(outputs, target)
                tally.add(outputs, target)
        return tally.result()

    def save(self, path: str | Path) -> None:
        """Write the weights to a safetensors file, with the specification of the network in its metadata."""
        import json

        network = json.dumps({"model": spec.encode(self.model), "loss": spec.encode(self.loss)})
        save_arrays(Path(path), self.weights(), {"network": network})

    def weights(self) -> Tree:
        """Params and state as one tree, as it is saved."""
        return {"params": self.params, "state": self.state}

    def _engine(self, examples: int) -> Engine:
        return Eager() if examples <= FEW else engine_named(self.engine, self.params)
