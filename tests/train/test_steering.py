"""Changes while a training runs: what they do, at which step, and that planned and asked ones come to the same."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import (
    Change,
    ChangeRefused,
    ConfigError,
    CosineDecay,
    Dense,
    EarlyStopping,
    EpochDone,
    EpochsChanged,
    GradientDescent,
    MeanSquaredError,
    Noted,
    RateChanged,
    ReduceOnPlateau,
    StepsDone,
    StopDecided,
    fit,
)
from pellucid.train.events import LeastRateReached
from pellucid.trees import flatten

RNG = np.random.default_rng(0)
X = RNG.normal(size=(20, 3))
DATA = X, X[:, :1]
HOW = {"epochs": 4, "batch_size": 4, "optimizer": GradientDescent(0.1)}  # 5 steps an epoch


def train(*changes, **how):
    heard = []
    trained = fit(Dense(1), MeanSquaredError(), DATA, changes=changes, listeners=[heard.append], **{**HOW, **how})
    return trained, heard


def of_kind(heard, kind):
    return [event for event in heard if isinstance(event, kind)]


@pytest.mark.parametrize("engine", ["numpy", "jax"])
def test_a_rate_is_changed_from_the_next_step_on(engine):
    trained, heard = train(Change("learning_rate", 0.02, step=7), engine=engine)
    assert trained.history.steps["learning_rate"].tolist() == [0.1] * 7 + [0.02] * 13
    (event,) = of_kind(heard, RateChanged)
    assert (event.epoch, event.step, event.before, event.after, event.reason) == (1, 7, 0.1, 0.02, "planned")
    again, _ = train(Change("learning_rate", 0.02, step=7), engine=engine)
    plain, _ = train(engine=engine)
    assert (again.params["W"] == trained.params["W"]).all()
    assert (plain.params["W"] != trained.params["W"]).any()


def test_a_schedule_goes_on_in_proportion():
    schedule = CosineDecay(0.1, steps=30)
    trained, _ = train(Change("learning_rate", 0.3, step=7), optimizer=GradientDescent(schedule))
    steps = np.arange(20)
    factor = np.where(steps < 7, 1.0, 0.3 / schedule(7))
    np.testing.assert_allclose(trained.history.steps["learning_rate"], schedule(steps) * factor)


def test_a_rate_that_cannot_be_changed_is_told():
    _, heard = train(Change("learning_rate", 0.1, step=12), optimizer=GradientDescent(CosineDecay(0.1, steps=10)))
    assert "come to 0" in of_kind(heard, ChangeRefused)[0].error


def test_epochs_notes_and_a_stop():
    trained, heard = train(Change("epochs", 6, step=3), Change("note", "so far so good", step=3))
    assert len(trained.history.epochs) == 6
    assert (of_kind(heard, EpochsChanged)[0].before, of_kind(heard, Noted)[0].text) == (4, "so far so good")
    assert len(train(Change("epochs", 1, step=8))[0].history.epochs) == 2
    trained, heard = train(Change("stop", step=8))
    assert trained.stopped == "stopped as planned"
    assert len(trained.history.epochs) == 1
    assert (of_kind(heard, StopDecided)[0].step, of_kind(heard, EpochDone)[-1].step) == (8, 5)


def test_steps_are_told_once_each_however_they_are_cut():
    _, heard = train(*(Change("note", str(step), step=step) for step in range(1, 19, 2)), watch_every=3)
    told = of_kind(heard, StepsDone)
    assert np.concatenate([event.sizes for event in told]).tolist() == [4] * 20
    assert [step for event in told if event.layers for step in event.layers["step"]] == [3, 6, 9, 12, 15, 18]
    assert told[-1].step == 20


def test_the_rate_is_reduced_on_a_plateau_as_if_it_had_been_planned():
    rule = ReduceOnPlateau(0.1, patience=1, min_delta=100.0)  # no epoch is that much better
    trained, heard = train(reduce_on_plateau=rule, validation=DATA)
    rates = [0.1] * 10 + [0.1 * 0.1] * 5 + [0.1 * 0.1 * 0.1] * 5
    np.testing.assert_allclose(trained.history.steps["learning_rate"], rates)
    assert {event.reason for event in of_kind(heard, RateChanged)} == {"plateau"}
    planned, _ = train(*(Change("learning_rate", e.after, step=e.step) for e in of_kind(heard, RateChanged)))
    np.testing.assert_allclose(planned.params["W"], trained.params["W"], rtol=1e-12)
    bounded, _ = train(reduce_on_plateau=ReduceOnPlateau(0.1, 1, min_delta=100.0, least=0.005), validation=DATA)
    assert bounded.history.steps["learning_rate"].min() == pytest.approx(0.01)


def test_a_plateau_reduces_the_rate_to_a_ten_thousandth_and_says_so_once():
    trained, heard = train(reduce_on_plateau=ReduceOnPlateau(0.1, 1, min_delta=100.0), validation=DATA, epochs=9)
    assert trained.history.steps["learning_rate"].min() == pytest.approx(0.1e-4)
    (told,) = of_kind(heard, LeastRateReached)
    assert (told.epoch, told.error) == (
        6,
        "the learning rate stays at 1e-05: a plateau reduces it to 0.0001 of its schedule at least",
    )


def test_a_planned_change_that_training_does_not_come_to_is_told():
    _, heard = train(Change("learning_rate", 0.05, step=5), Change("learning_rate", 0.01, step=20))
    (told,) = of_kind(heard, ChangeRefused)
    assert (told.step, told.error) == (20, "learning_rate 0.01 was planned after step 20, training is over")


def test_a_time_limit_ends_training_before_an_epoch_that_does_not_fit():
    assert train(max_time="1h")[0].stopped == "all epochs done"
    trained, heard = train(max_time=1e-9)
    assert trained.stopped.startswith("the time was up")
    assert trained.history.epochs == []
    assert of_kind(heard, StopDecided)[0].reason == "the time was up"


def test_a_time_limit_counts_all_that_fit_does_and_says_how_far_it_was_passed(monkeypatch):
    monkeypatch.setattr("pellucid.runtime.usage.Stopwatch.seconds", property(lambda clock: 8.25))
    assert train(max_time=5)[0].stopped == "the time was up, 3.2 s beyond the limit of 5 s"
    assert train(max_time=8.2)[0].stopped == "the time was up"
    assert train(max_time=20)[0].stopped == "all epochs done"


def test_early_stopping_tells_why():
    trained, heard = train(early_stopping=EarlyStopping(1, "train.loss", min_delta=100.0))
    assert trained.stopped == "train.loss no longer improved" == of_kind(heard, StopDecided)[0].reason
    assert trained.best_epoch == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("stopp",), "unknown command 'stopp': did you mean stop"),
        (("learning_rate",), "learning_rate must be a number above 0, not None"),
        (("learning_rate", float("nan")), "learning_rate"),
        (("epochs", 0), "epochs must be a whole number"),
        (("stop", 3), "stop takes no value"),
        (("note", " "), "note takes a text"),
        (("tag", "x" * 20_000), "tag takes a text"),
        (("stop", None, -1), "step must be a whole number of at least 0"),
    ],
)
def test_changes_that_cannot_be(arguments, message):
    with pytest.raises(ConfigError, match=message):
        Change(*arguments)


def test_fit_takes_changes_alone_and_plans_no_pause():
    with pytest.raises(ConfigError, match="every change must be a Change"):
        train("stop")
    with pytest.raises(ConfigError, match="a pause cannot be planned"):
        train(Change("pause"))
    assert flatten(train(Change("note", "at once"))[0].params)
