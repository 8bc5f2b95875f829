"""Presets do what they say: the good ones learn, the bad ones go wrong as told, and each remedy cures."""

import pytest

from pellucid.playground.signs import SignWatch
from playground.presets import holds, make_state, measure, read_presets, train

PRESETS = read_presets()
REMEDIES = [(preset, remedy) for preset in PRESETS for remedy in preset["remedies"]]


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset["name"])
def test_a_preset_shows_what_it_says(preset):
    training = train(make_state(preset["state"]), preset["epochs"], preset.get("weights"))
    measured = measure(training)
    assert preset["expect"]
    for condition in preset["expect"]:
        assert holds(condition, measured), (condition, measured)


@pytest.mark.parametrize(("preset", "remedy"), REMEDIES, ids=lambda part: part.get("name", "remedy"))
def test_its_remedy_cures(preset, remedy):
    measured = measure(train(make_state(preset["state"], remedy["change"]), remedy["epochs"]))
    for condition in remedy["expect"]:
        assert holds(condition, measured), (condition, measured)


def test_each_preset_that_goes_wrong_has_a_remedy():
    assert all(preset["remedies"] for preset in PRESETS if preset["kind"] == "bad")


def test_overfitting_is_seen_where_the_preset_shows_it():
    preset = next(one for one in PRESETS if one["name"] == "overfitting")
    training = train(make_state(preset["state"]), preset["epochs"])
    assert [sign["sign"] for sign in SignWatch(training).signs(running=False)] == ["overfitting"]
