"""A family in the session of a page: the points wait, messages are bounded, what diverges is kept before it did."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.playground.state import DataState
from playing import Played, arrays_of, state_of


@pytest.fixture
def played():
    return Played(state_of(data=DataState(count=20)))


def family(played, name="recurrent", do="set", **message):
    played.say(type="family", name=name, do=do, **message)


def work(played):
    while played.session.work():
        pass


def test_while_a_family_is_open_it_alone_is_trained_and_shown(played):
    played.say(type="run")
    played.session.work()
    epoch = played.session.trainings[0].progress.epoch
    family(played, do="open", settings={"units": 2})
    header, _ = played.told_now()
    assert (header["type"], header["name"], header["running"], header["step"]) == ("family", "recurrent", False, 0)
    family(played, do="step", count=5)
    family(played, do="step", count=7)
    work(played)
    header, arrays = played.told_now()
    assert (header["step"], header["running"]) == (12, False)
    assert header["settings"]["units"] == 2
    assert arrays["history"][:, 1].tolist() == [10]  # that of step 0 came before
    assert played.session.trainings[0].progress.epoch == epoch
    family(played, do="close")
    header, _ = played.told_now()
    assert header["type"] == "frame"
    assert not header["running"]
    family(played, do="open")
    header, arrays = played.told_now()
    assert (header["step"], header["settings"]["units"], len(arrays["history"])) == (12, 2, 2)
    assert played.errors == []


def test_it_runs_at_its_pace_and_pauses(played):
    family(played, do="open", settings={"units": 1, "steps_per_second": None})
    family(played, do="run")
    assert played.session.seconds_idle() == 0
    played.session.work()
    header, _ = played.told_now()
    assert header["running"]
    assert header["step"] > 0
    family(played, settings={"steps_per_second": 0.001})
    assert not played.session.work()
    assert played.session.seconds_idle() > 100
    family(played, do="pause")
    assert played.session.seconds_idle() == float("inf")  # the last frame is not drawn
    assert not played.told_now()[0]["running"]


def test_some_settings_begin_again_and_others_do_not(played):
    family(played, do="open", settings={"units": 2})
    family(played, do="step", count=10)
    work(played)
    family(played, settings={"learning_rate": 0.5, "example": 3})
    assert played.told_now()[0]["step"] == 10
    family(played, settings={"task": "parity"})
    header, arrays = played.told_now()
    assert (header["step"], header["history_from"], len(arrays["history"])) == (0, 0, 1)
    family(played, do="step", count=10)
    work(played)
    family(played, do="reset")
    assert played.told_now()[0]["step"] == 0


def test_a_page_that_comes_back_is_told_all_again(played):
    family(played, do="open", settings={"units": 1})
    played.told_now()
    played.session.attach("name", True, [])
    played.tell()
    header, numbers = played.heard[-1]
    assert header["type"] == "family"
    assert len(arrays_of(header, numbers)["history"]) == 1


def test_what_diverges_stays_at_its_last_good_step(played):
    family(played, name="autoencoder", do="open", settings={"steps_per_second": None})
    training = played.session._family.training
    training.weights.params["decoder"]["pixels"]["b"][0] = np.nan
    family(played, name="autoencoder", do="run")
    played.session.work()
    header, _ = played.told_now()
    assert (header["diverged"], header["running"], header["step"]) == (True, False, 0)
    assert not played.session.work()


HOSTILE = [
    ({"name": "__class__", "do": "open"}, "name"),
    ({"name": "recurrent", "do": "explode"}, "do"),
    ({"do": "step", "count": 10**9}, "count"),
    ({"settings": {"learning_rate": -1}}, "settings.learning_rate"),
    ({"settings": {"learning_rate": 1e400}}, "settings.learning_rate"),
    ({"settings": {"units": 10**6}}, "settings.units"),
    ({"settings": {"units": "6"}}, "settings.units"),
    ({"settings": {"example": 30}}, "settings.example"),
    ({"settings": {"sequence": [1] * 9}}, "settings.sequence"),
    ({"settings": {"sequence": [1, 0] * 5}}, "settings.sequence"),
    ({"settings": {"pixels": [0.0] * 64}}, "settings.pixels"),
    ({"settings": {"BEGINNING": []}}, "settings.BEGINNING"),
    ({"name": "attention"}, "the family recurrent is open"),
]


@pytest.mark.parametrize(("message", "said"), HOSTILE)
def test_what_cannot_be_is_refused_and_nothing_changes(played, message, said):
    family(played, do="open")
    before = played.told_now()[0]["settings"]
    family(played, **message)
    assert said in played.errors[-1]
    assert "\n" not in played.errors[-1]
    assert played.told_now()[0]["settings"] == before


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("convolution", {"pixels": [2.0] * 64}),
        ("convolution", {"pixels": [0.5] * 63}),
        ("convolution", {"filters": 0}),
        ("autoencoder", {"code": [1.0]}),
        ("autoencoder", {"code": [1e9, 0.0]}),
        ("attention", {"tokens": [8] * 6}),
        ("attention", {"query": 5}),
    ],
)
def test_settings_of_each_family_are_bounded(played, name, settings):
    family(played, name=name, do="open", settings=settings)
    assert "the message cannot be read: settings." in played.errors[-1]
    assert played.session._family is None


def test_without_a_family_there_is_nothing_to_run(played):
    family(played, do="run")
    assert "no family is open: open recurrent first" in played.errors[-1]
