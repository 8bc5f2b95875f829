"""Each symptom has a change to try, which is a state."""

from __future__ import annotations

import json

import pytest

from pellucid.diagnosis.symptoms import Symptom
from pellucid.playground.remedies import REMEDIES, remedy_of
from pellucid.playground.state import LayerState, NetworkState

LAYERS = ("dense_1", "dense_2")
SEEN = {"sharpness": 40.0, "limit": 10.0, "weights": 1.0, "dead": 1}


def state_with(**settings) -> NetworkState:
    return NetworkState(**{"layers": [LayerState(units=3, activation="relu"), LayerState(units=2)], **settings})


@pytest.mark.parametrize("name", REMEDIES)
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"learning_rate": 1000},
        {"learning_rate": 1e-7},
        {"initializer": "large", "preparation": "whiten"},
        {"initializer": "zeros", "penalty": "l2", "penalty_rate": 0.02, "clip_norm": 1},
        {"preparation": "whiten", "penalty": "l1", "penalty_rate": 10},
    ],
)
def test_a_remedy_is_a_part_of_a_state_that_differs(name, settings):
    state = state_with(**settings)
    patch = remedy_of(Symptom(name, "dense_1", SEEN), state, LAYERS)
    if patch is None:
        assert name in ("symmetric_units", "no_progress")
        return
    cured = NetworkState.model_validate_json(json.dumps({**state.model_dump(), **patch}))
    assert cured != state or settings.get("learning_rate") == 1e-7


def test_a_rate_is_chosen_that_suits_the_sharpness():
    sharp = Symptom("oscillation", None, SEEN)
    assert remedy_of(sharp, state_with(learning_rate=0.3), LAYERS) == {"learning_rate": 0.03}


def test_dead_units_get_a_slope_in_their_layer_alone():
    patch = remedy_of(Symptom("dead_units", "dense_1"), state_with(), LAYERS)
    assert [layer["activation"] for layer in patch["layers"]] == ["leaky_relu", "tanh"]


def test_weights_that_a_penalty_took_away_are_drawn_again_without_it():
    gone = Symptom("no_progress", None, {"weights": 1e-9})
    patch = remedy_of(gone, state_with(penalty="l2", penalty_rate=1), LAYERS)
    assert (patch["penalty"], patch["penalty_rate"], patch["seed"]) == ("none", 0.0, 1)
