"""Changes of the state and of single numbers: what stays, what begins again, what is refused."""

from __future__ import annotations

import pytest

from pellucid.playground.state import DataState, NetworkState
from playing import Played, layers_of, state_of


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
    before = played.params()
    played.configure(state_of(NetworkState(**change)))
    assert (played.params() == before) == kept
    assert played.epochs == [2 if kept else 0]
    played.configure(state_of(NetworkState(**change)), reset=True)
    assert played.epochs == [0]


def test_new_data_keep_the_weights():
    played = Played(state_of())
    played.train(count=2)
    before = played.params()
    played.configure(state_of(data=DataState(count=60, seed=3)))
    assert played.params() == before
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
    assert played.epochs == [2]


def test_a_state_that_cannot_be_changes_nothing():
    played = Played(state_of())
    played.train(count=1)
    before = played.params()
    played.configure(state_of(data=DataState(problem="regression")))
    assert "no data set for regression" in played.errors[-1]
    played.configure(state_of(NetworkState(), NetworkState(features=[])))
    assert "choose a feature" in played.errors[-1]
    assert played.params() == before
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
