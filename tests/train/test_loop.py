"""The loop of training, by itself: epochs, listeners in their order, early stopping, and where a run ends."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import (
    Chain,
    Dense,
    EarlyStopping,
    Ended,
    EpochDone,
    GradientDescent,
    HalfSquaredError,
    NonFiniteError,
    Started,
    StepsDone,
    ops,
)
from pellucid.train.batch import Batch, Weights
from pellucid.train.engines.eager import Eager
from pellucid.train.feed.shards import InMemory
from pellucid.train.listeners import Listeners
from pellucid.train.loop import Loop
from pellucid.train.recipe import Recipe
from pellucid.train.snapshot import Snapshot

RNG = np.random.default_rng(0)
X = RNG.normal(size=(10, 2))
DATA = Batch(X, X[:, :1])


class Diary:
    """Everything it hears, in order."""

    def __init__(self):
        self.heard = []

    def __call__(self, event):
        match event:
            case Started():
                self.heard.append(("started", event.epochs, event.examples, event.batch_size, event.engine))
            case StepsDone():
                self.heard.append(("steps", event.epoch, event.step, event.sizes.tolist(), event.done))
            case EpochDone():
                self.heard.append(("epoch", event.record["epoch"], event.snapshot.epoch))
            case Ended():
                self.heard.append(("ended", event.stopped))


def loop_of(rate=0.1, epochs=3, early_stopping=None, validation=None, listeners=()):
    model = Chain(Dense(1))
    params, state = model.init(ops.key(0), X)
    recipe = Recipe(model, HalfSquaredError(), GradientDescent(rate))
    snapshot = Snapshot(Weights(params, state, {}))
    held_out = None if validation is None else InMemory(validation)
    heard = Listeners(None, listeners)
    return Loop(recipe, Eager(), InMemory(DATA), held_out, epochs, 4, True, 0, early_stopping, heard, snapshot)


def test_all_epochs_and_who_hears_of_them():
    diary = Diary()
    loop = loop_of(listeners=[diary])
    loop.run()
    assert loop.stopped == "all epochs done"
    assert loop.steps_an_epoch == 3
    assert (loop.snapshot.epoch, loop.snapshot.steps, loop.snapshot.best_epoch) == (3, 9, 3)
    assert loop.snapshot.kept is loop.snapshot.weights
    assert diary.heard[0] == ("started", 3, 10, 4, "numpy")
    assert diary.heard[-1] == ("ended", "all epochs done")
    assert [heard for heard in diary.heard if heard[0] == "epoch"] == [("epoch", e, e) for e in (1, 2, 3)]
    for epoch in (1, 2, 3):
        steps = [heard for heard in diary.heard if heard[:2] == ("steps", epoch)]
        assert steps[-1][2::2] == (3 * epoch, 10)
        assert [size for *_, sizes, _ in steps for size in sizes] == [4, 4, 2]


def test_patience_keeps_the_best_weights():
    far = Batch(X, -X[:, :1])  # gets worse with every epoch
    loop = loop_of(epochs=50, early_stopping=EarlyStopping(patience=2), validation=far)
    loop.run()
    assert loop.stopped == "validation no longer improved"
    assert loop.snapshot.epoch == loop.snapshot.best_epoch + 2
    assert loop.snapshot.kept is loop.snapshot.best is not loop.snapshot.weights
    losses = loop.history.column("validation", "loss")
    assert min(losses) == losses[loop.snapshot.best_epoch - 1] == loop.snapshot.best_value


def test_a_run_that_was_over_trains_nothing():
    loop = loop_of()
    loop.run()
    again = loop_of()
    again.snapshot = loop.snapshot
    again.run()
    assert again.stopped == "nothing left to train: all epochs done"
    assert again.history.epochs == []


def test_infinity_is_named_and_the_last_whole_epoch_kept():
    diary = Diary()
    loop = loop_of(rate=1e200, listeners=[diary])
    with pytest.raises(NonFiniteError, match=r"step \d+ \(epoch 1\): .* is (infinite|NaN)"):
        loop.run()
    assert loop.snapshot.epoch == 0
    assert diary.heard[-1][0] == "ended"
    assert "epoch 1" in diary.heard[-1][1]
