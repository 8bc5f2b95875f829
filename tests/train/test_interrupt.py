"""Ctrl-C where what it raises is lost, as JAX loses it while it compiles: training ends all the same."""

from __future__ import annotations

import contextlib
import signal
import threading

import numpy as np
import pytest

from pellucid import Dense, EpochDone, GradientDescent, MeanSquaredError, fit, train_population
from pellucid.train.population.group import Group

X, Y = np.ones((8, 2), np.float32), np.ones((8, 1), np.float32)
HOW = {"epochs": 50, "optimizer": GradientDescent(0.01)}


@pytest.fixture(autouse=True)
def _handler_of_python():
    """Jobs in the background of a shell begin with Ctrl-C ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def lost_interrupt():
    with contextlib.suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("engine", ["numpy", "jax"])
def test_training_ends_all_the_same(engine):
    def once(event):
        if isinstance(event, EpochDone) and event.epoch == 2:
            lost_interrupt()

    trained = fit(Dense(1), MeanSquaredError(), (X, Y), listeners=[once], engine=engine, **HOW)
    assert trained.stopped == "interrupted"
    assert len(trained.history.epochs) == 2
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_population_ends_all_the_same(monkeypatch):
    finish = Group.finish

    def interrupted(self, epoch):
        finish(self, epoch)
        if epoch == 1:
            lost_interrupt()

    monkeypatch.setattr(Group, "finish", interrupted)
    (member,) = train_population(Dense(1), MeanSquaredError(), (X, Y), sweep={"seed": [1]}, **HOW)
    assert member.trained.stopped == "interrupted"
    assert len(member.trained.history.epochs) == 2
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_other_threads_train_without_a_handler():
    stopped = []

    def train():
        stopped.append(fit(Dense(1), MeanSquaredError(), (X, Y), epochs=2, engine="numpy").stopped)

    thread = threading.Thread(target=train)
    thread.start()
    thread.join()
    assert stopped == ["all epochs done"]
