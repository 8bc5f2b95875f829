"""A session: what is told when, and that numbers follow from the state and the messages alone."""

from __future__ import annotations

import time

import numpy as np
import pytest

from pellucid.playground.state import DataState, NetworkState
from playing import Played, layers_of, state_of


def test_a_page_is_told_hello_then_data_then_a_frame():
    played = Played(state_of())
    played.session.tell()
    assert [header["type"] for header, _ in played.heard] == ["hello", "data", "frame"]
    assert played.heard[0][0]["questions"] == ["snapshot"]
    assert not played.heard[0][0]["resumed"]


def test_there_is_never_more_than_one_frame_on_its_way():
    played = Played(state_of())
    played.session.tell()
    number = played.heard[-1][0]["frame"]
    count = len(played.heard)
    played.train(count=3)
    played.session.tell()
    assert len(played.heard) == count
    played.say(type="drawn", frame=number)
    played.tell()
    header = played.heard[-1][0]
    assert (header["frame"], header["networks"][0]["epoch"]) == (number + 1, 3)
    played.say(type="drawn", frame=number + 1)
    played.tell()
    assert len(played.heard) == count + 1  # nothing is new


def test_steps_are_batches_or_epochs_and_then_it_pauses():
    played = Played(state_of())
    played.train(unit="batch", count=3)
    assert played.session.trainings[0].progress[1:] == (1, 1, 3)
    played.train(unit="epoch", count=2)
    assert played.session.trainings[0].progress[1:] == (3, 0, 6)
    assert not played.frame()["running"]


@pytest.mark.parametrize(("unit", "steps"), [("batch", 5), ("epoch", 10)])
def test_steps_asked_for_before_the_last_are_done_come_after_them(unit, steps):
    played = Played(state_of())
    for _ in range(4):
        played.say(type="step", unit=unit)
    played.train(unit=unit)
    assert played.session.trainings[0].progress.step == steps


def test_running_pausing_and_resetting():
    played = Played(state_of())
    first = played.params()
    played.session.tell()
    assert played.session.seconds_idle() == float("inf")
    played.say(type="run")
    assert played.session.seconds_idle() == 0
    assert played.session.work()
    assert played.frame()["running"]
    assert played.frame()["networks"][0]["status"] == "running"
    played.say(type="pause")
    assert not played.session.work()
    assert played.frame()["networks"][0]["status"] == "ready"
    assert played.params() != first
    played.say(type="reset")
    assert played.params() == first
    assert played.epochs == [0]
    assert played.frame()["networks"][0]["history_from"] == 0


def test_speed_is_epochs_a_second(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("pellucid.playground.pace.time.monotonic", lambda: now[0])
    played = Played(state_of())
    played.say(type="speed", epochs_per_second=10)
    played.say(type="run")
    assert not played.session.work()
    assert played.session.pace.seconds_to_next(played.session.trainings) == pytest.approx(0.1)
    now[0] += 0.35
    while played.session.work():
        pass
    assert played.epochs == [3]
    assert played.frame()["running"]


def test_the_same_state_and_seed_give_the_same_numbers_whatever_happens_meanwhile():
    state = state_of(NetworkState(dropout=0.2, optimizer="adam"), NetworkState(layers=layers_of(3)))
    whole, cut = Played(state), Played(state)
    whole.train(count=6)
    cut.train(unit="batch", count=3)
    cut.say(type="run")
    cut.session.work()
    cut.say(type="speed", epochs_per_second=1000)
    cut.say(type="pause")
    cut.frame()
    cut.configure(state.model_copy(update={"view": state.view.model_copy(update={"show_test": True})}))
    cut.train(count=6 - max(cut.epochs))
    assert cut.epochs == whole.epochs == [6, 6]
    assert [cut.params(i) for i in (0, 1)] == [whole.params(i) for i in (0, 1)]
    rows = [[training.history.rows for training in played.session.trainings] for played in (whole, cut)]
    assert rows[0] == rows[1]


def test_networks_train_in_step_and_one_that_is_new_catches_up():
    played = Played(state_of(NetworkState(), NetworkState(batch_size=1)))
    played.say(type="run")
    for _ in range(20):
        played.session.work()
        assert max(played.epochs) - min(played.epochs) <= 1
    played.say(type="pause")
    played.train(count=2)
    assert len(set(played.epochs)) == 1
    networks = [*played.session.state.networks, NetworkState(layers=layers_of(5))]
    played.configure(state_of(*networks))
    assert played.epochs[2] == 0
    played.train(count=1)
    assert len(set(played.epochs)) == 1


@pytest.mark.parametrize("message", [{"type": "run"}, {"type": "step"}, {"type": "ask", "id": 1, "what": "snapshot"},
                                     {"type": "restore", "networks": []}])  # fmt: skip
def test_before_the_first_state_there_is_nothing_to_do(message):
    played = Played()
    played.say(**message)
    assert "configure comes first" in played.errors[-1]
    assert not played.session.work()


def test_a_page_that_comes_back_is_told_all_again():
    played = Played(state_of())
    played.train(count=5)
    played.frame()
    played.heard.clear()
    played.session.attach("name", True, [])
    played.tell()
    assert [header["type"] for header, _ in played.heard] == ["hello", "data", "frame"]
    assert played.heard[0][0]["resumed"]
    assert played.heard[-1][0]["networks"][0]["history_from"] == 0
    assert played.heard[-1][0]["arrays"][-1]["shape"] == [6, 6]


def test_divergence_and_early_stops_are_told_and_running_ends():
    played = Played(
        state_of(
            NetworkState(loss="squared", learning_rate=100.0, layers=layers_of(4, activation="relu")),
            NetworkState(patience=1, learning_rate=0.5),
            data=DataState(problem="regression", name="plane", count=40),
        )
    )
    played.say(type="run")
    begun = time.monotonic()
    while played.session.work() and time.monotonic() < begun + 20:
        pass
    header = played.frame()
    assert [network["status"] for network in header["networks"]] == ["diverged", "stopped"]
    assert header["networks"][0]["note"].startswith("step ")
    assert not header["running"]


def test_a_turn_of_training_is_short():
    played = Played(state_of(NetworkState(layers=layers_of(8, 8, 8), batch_size=1), data=DataState(count=5000)))
    played.say(type="run")
    seconds = []
    for _ in range(12):
        begun = time.process_time()
        played.session.work()
        seconds.append(time.process_time() - begun)
    assert np.median(seconds) < 0.02


def test_points_with_more_columns_and_classes_are_seen_in_their_principal_components():
    points = [{"x": [float(i % 7), float(i % 5), float(i % 3)], "y": i % 3, "test": i % 4 == 0} for i in range(40)]
    data = DataState.model_validate(
        {"name": "own", "points": points, "columns": ["a", "b", "c"], "classes": 3, "axes": (-1, -1)}
    )
    played = Played(state_of(NetworkState(preparation="normalise"), data=data))
    played.train(count=3)
    header, arrays = played.frame_with_arrays()
    assert arrays["features"].shape[0] == 3
    assert arrays["map"].shape[0] == 3
    assert header["networks"][0]["accuracy"]["test"] is not None
