"""A session: what each message does, and that numbers follow from the state and the messages alone."""

from __future__ import annotations

import time

import numpy as np
import pytest

from pellucid.playground.questions.answering import answer_to
from pellucid.playground.state import DataState, NetworkState
from pellucid.trees import flatten
from playing import Played, layers_of, state_of


def params_of(played: Played, network: int = 0) -> bytes:
    arrays = flatten(played.session.trainings[network].progress.weights.params)
    return b"".join(array.tobytes() for array in arrays.values())


def epochs_of(played: Played) -> list[int]:
    return [training.progress.epoch for training in played.session.trainings]


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
    played.session._shown = float("-inf")
    played.session.tell()
    header = played.heard[-1][0]
    assert (header["frame"], header["networks"][0]["epoch"]) == (number + 1, 3)
    played.say(type="drawn", frame=number + 1)
    played.session._shown = float("-inf")
    played.session.tell()
    assert len(played.heard) == count + 1  # nothing is new


def test_steps_are_batches_or_epochs_and_then_it_pauses():
    played = Played(state_of())
    played.train(unit="batch", count=3)
    assert played.session.trainings[0].progress[1:] == (1, 1, 3)
    played.train(unit="epoch", count=2)
    assert played.session.trainings[0].progress[1:] == (3, 0, 6)
    assert not played.frame()["running"]


def test_running_pausing_and_resetting():
    played = Played(state_of())
    first = params_of(played)
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
    assert params_of(played) != first
    played.say(type="reset")
    assert params_of(played) == first
    assert epochs_of(played) == [0]
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
    assert epochs_of(played) == [3]
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
    cut.train(count=6 - max(epochs_of(cut)))
    assert epochs_of(cut) == epochs_of(whole) == [6, 6]
    assert [params_of(cut, i) for i in (0, 1)] == [params_of(whole, i) for i in (0, 1)]
    rows = [[training.history.rows for training in played.session.trainings] for played in (whole, cut)]
    assert rows[0] == rows[1]


def test_networks_train_in_step_and_one_that_is_new_catches_up():
    played = Played(state_of(NetworkState(), NetworkState(batch_size=1)))
    played.say(type="run")
    for _ in range(20):
        played.session.work()
        assert max(epochs_of(played)) - min(epochs_of(played)) <= 1
    played.say(type="pause")
    played.train(count=2)
    assert len(set(epochs_of(played))) == 1
    networks = [*played.session.state.networks, NetworkState(layers=layers_of(5))]
    played.configure(state_of(*networks))
    assert epochs_of(played)[2] == 0
    played.train(count=1)
    assert len(set(epochs_of(played))) == 1


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"learning_rate": 0.1}, True),
        ({"dropout": 0.5, "penalty": "l2", "penalty_rate": 0.1}, True),
        ({"layers": layers_of(4, 2, activation="relu")}, True),
        ({"features": ["x1", "x1^2"]}, True),
        ({"features": ["x1"]}, False),
        ({"layers": layers_of(4, 3)}, False),
        ({"seed": 1}, False),
        ({"initializer": "he"}, False),
    ],
)
def test_weights_stay_where_shapes_initializer_and_seed_do(change, kept):
    played = Played(state_of())
    played.train(count=2)
    before = params_of(played)
    played.configure(state_of(NetworkState(**change)))
    assert (params_of(played) == before) == kept
    assert epochs_of(played) == [2 if kept else 0]
    played.configure(state_of(NetworkState(**change)), reset=True)
    assert epochs_of(played) == [0]


def test_new_data_keep_the_weights():
    played = Played(state_of())
    played.train(count=2)
    before = params_of(played)
    played.configure(state_of(data=DataState(count=60, seed=3)))
    assert params_of(played) == before
    assert played.heard[-1][0]["type"] == "data"
    assert played.session.trainings[0].network.training == 30


def test_a_view_changes_no_number_and_costs_nothing(monkeypatch):
    played = Played(state_of())
    played.train(count=2)
    monkeypatch.setattr("pellucid.playground.session.make_network", None)
    view = played.session.state.view.model_copy(update={"discretize": True})
    played.configure(played.session.state.model_copy(update={"view": view}))
    assert played.errors == []
    assert played.session.state.view.discretize
    assert epochs_of(played) == [2]


def test_a_state_that_cannot_be_changes_nothing():
    played = Played(state_of())
    played.train(count=1)
    before = params_of(played)
    played.configure(state_of(data=DataState(problem="regression")))
    assert "no data set for regression" in played.errors[-1]
    played.configure(state_of(NetworkState(), NetworkState(features=[])))
    assert "choose a feature" in played.errors[-1]
    assert params_of(played) == before
    assert len(played.session.trainings) == 1
    assert played.session.state == state_of()


def test_an_edit_is_seen_in_the_losses():
    played = Played(state_of())
    before = played.frame()["networks"][0]["loss"]
    played.say(type="edit", network=0, path="dense_3/b", index=[0], value=3.0)
    header, arrays = played.frame_with_arrays()
    assert header["networks"][0]["loss"] != before
    assert arrays["param:dense_3/b"].tolist() == [3]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"network": 1, "path": "dense_1/W", "index": [0, 0]}, "number 1 is not there"),
        ({"network": 0, "path": "dense_9/W", "index": [0, 0]}, "no weights at dense_9/W: there are dense_1/W"),
        ({"network": 0, "path": "dense_1/W", "index": [0]}, "it has no number at"),
        ({"network": 0, "path": "dense_1/W", "index": [0, 4]}, "it has no number at"),
    ],
)
def test_an_edit_of_what_is_not_there(message, said):
    played = Played(state_of())
    played.say(type="edit", value=1.0, **message)
    assert said in played.errors[-1]


@pytest.mark.parametrize("message", [{"type": "run"}, {"type": "step"}, {"type": "ask", "id": 1, "what": "snapshot"},
                                     {"type": "restore", "networks": []}])  # fmt: skip
def test_before_the_first_state_there_is_nothing_to_do(message):
    played = Played()
    played.say(**message)
    assert "configure comes first" in played.errors[-1]
    assert not played.session.work()


def snapshot_of(played: Played) -> list[dict]:
    from pellucid.envelope import unpack

    played.say(type="ask", id=7, what="snapshot")
    header, _ = unpack(answer_to(*played.asked[-1]))
    assert header["id"] == 7
    return header["networks"]


def test_a_snapshot_restores_to_the_bit_and_training_goes_on_alike():
    state = state_of(NetworkState(optimizer="adam", dropout=0.2, batch_size=3))
    played = Played(state)
    played.train(unit="batch", count=10)
    kept = snapshot_of(played)
    other = Played(state)
    other.say(type="restore", networks=kept)
    assert other.errors == []
    for one in (played, other):
        one.train(unit="batch", count=9)
    assert params_of(other) == params_of(played)
    assert other.session.trainings[0].progress[1:] == played.session.trainings[0].progress[1:]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"epoch": -1}, "epoch: Input should be greater"),
        ({"done": 2}, "2 steps of an epoch of 2"),
        ({"params": {}}, "its params are dense_1/W"),
        ({"params.dense_1/b": [1, 2]}, "dense_1/b is not finite numbers of the shape [4]"),
        ({"params.dense_1/b": [1, 2, 3, "x"]}, "dense_1/b is not finite numbers"),
        ({"params.dense_1/b": [1, 2, 3, None]}, "dense_1/b is not finite numbers"),
        ({"params.dense_1/b": [[[]], 1]}, "dense_1/b is not finite numbers"),
        ({"slots": {"m": 1}}, "its slots are"),
        ({"more": 1}, "more: Extra inputs"),
    ],
)
def test_what_cannot_be_restored_is_refused(change, said):
    played = Played(state_of())
    (kept,) = snapshot_of(played)
    for name, value in change.items():
        part, _, path = name.partition(".")
        kept[part] = {**kept[part], path: value} if path else value
    before = params_of(played)
    played.say(type="restore", networks=[kept])
    assert said in played.errors[-1]
    assert params_of(played) == before


def test_a_page_that_comes_back_is_told_all_again():
    played = Played(state_of())
    played.train(count=5)
    played.frame()
    played.heard.clear()
    played.session.attach("name", True, [])
    played.session._shown = float("-inf")
    played.session.tell()
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
