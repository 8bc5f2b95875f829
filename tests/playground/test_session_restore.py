"""Snapshots of a session: restored to the bit, or refused."""

from __future__ import annotations

import pytest

from pellucid.playground.state import NetworkState
from playing import Played, state_of


def test_a_snapshot_restores_to_the_bit_and_training_goes_on_alike():
    state = state_of(NetworkState(optimizer="adam", dropout=0.2, batch_size=3))
    played = Played(state)
    played.train(unit="batch", count=10)
    kept = played.ask("snapshot")[0]["networks"]
    other = Played(state)
    other.say(type="restore", networks=kept)
    assert other.errors == []
    for one in (played, other):
        one.train(unit="batch", count=9)
    assert other.params() == played.params()
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
    (kept,) = played.ask("snapshot")[0]["networks"]
    for name, value in change.items():
        part, _, path = name.partition(".")
        kept[part] = {**kept[part], path: value} if path else value
    before = played.params()
    played.say(type="restore", networks=[kept])
    assert said in played.errors[-1]
    assert played.params() == before
