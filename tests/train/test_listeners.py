"""Listeners are functions of events; one that raises is told, and ends nothing. The recorder must not fail."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import Dense, Ended, EpochDone, GradientDescent, ListenerFailed, MeanSquaredError, Started, fit
from pellucid.train.listeners import Listeners
from pellucid.train.snapshot import Snapshot

X, Y = np.ones((8, 2), np.float32), np.ones((8, 1), np.float32)
STARTED = Started(0, 0, 2, 8, 4, "numpy", Snapshot(None))


def test_a_listener_that_raises_is_told_once_and_ends_nothing():
    heard = []

    def broken(event):
        if isinstance(event, EpochDone):
            raise KeyError("gone")

    with pytest.warns(RuntimeWarning, match=r"the listener .*broken failed, and training goes on: 'gone'") as warned:
        trained = fit(
            Dense(1),
            MeanSquaredError(),
            (X, Y),
            epochs=3,
            optimizer=GradientDescent(0.1),
            listeners=[broken, heard.append],
        )
    assert trained.stopped == "all epochs done"
    assert len(warned) == 1
    assert [type(event) for event in heard].count(EpochDone) == 3
    (failed,) = (event for event in heard if isinstance(event, ListenerFailed))
    assert (failed.epoch, failed.error) == (1, "'gone'")
    assert isinstance(heard[-1], Ended)


def test_what_the_recorder_raises_ends_training_and_listeners_hear_of_the_end():
    class Full:
        def record(self, event):
            raise OSError(28, "No space left on device")

    heard, end = [], Ended(0, 0, "failed")
    for event in (STARTED, end):
        with pytest.raises(OSError, match="No space"):
            Listeners(Full(), [heard.append]).tell(event)
    assert heard == [end]


def test_without_a_recorder_nothing_is_asked():
    assert Listeners(None, []).new_changes() == ()
