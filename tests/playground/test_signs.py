"""Signs of what goes wrong, as frames have them."""

from __future__ import annotations

import json

import numpy as np

from pellucid.playground import signs
from pellucid.playground.signs import SignWatch
from pellucid.playground.state import DataState, LayerState
from pellucid.trees import flatten
from playing import trained


def training_of(**settings):
    return trained(0, DataState(), **settings)


def test_a_remedy_cures_what_the_sign_saw():
    data = DataState(problem="regression", name="plane")
    sick = trained(30, data, layers=[], batch_size=600, learning_rate=0.175)
    found = {sign["sign"]: sign for sign in SignWatch(sick).signs(False)}
    assert {"oscillation"} <= found.keys()
    json.dumps(list(found.values()), allow_nan=False)
    settings = {"layers": [], "batch_size": 600, "learning_rate": 0.175, **found["oscillation"]["remedy"]}
    cured = trained(30, data, **settings)
    assert SignWatch(cured).signs(False) == []


def test_dead_units_are_named_in_the_path():
    training = training_of(layers=[LayerState(units=4, activation="relu")])
    training.replace_params({"dense_1/b": np.array([-99.0, 1.0, -99.0, 1.0])})
    (sign,) = SignWatch(training).signs(False)
    assert (sign["sign"], sign["path"], sign["level"]) == ("dead_units", "dense_1[0, 2]", "note")
    assert sign["remedy"]["layers"][0]["activation"] == "leaky_relu"


def test_divergence_says_where_it_began():
    training = trained(
        5,
        DataState(problem="regression", name="hills", stretch=100),
        layers=[LayerState(units=8, activation="relu")],
        learning_rate=3,
    )
    (sign,) = SignWatch(training).signs(False)
    assert sign["sign"] == "divergence"
    assert "is infinite" in sign["seen"]["array"] or "is NaN" in sign["seen"]["array"]
    assert sign["remedy"] == {"learning_rate": 0.3}


def test_a_look_while_it_runs_is_not_taken_twice_within_its_time(monkeypatch):
    clock = iter(np.arange(0.0, 100.0, 0.1))  # a look that takes 0.1 seconds
    monkeypatch.setattr(signs.time, "perf_counter", lambda: float(next(clock)))
    looks = []
    monkeypatch.setattr(signs, "find_symptoms", lambda measured: looks.append(measured) or ())
    training = training_of()
    watch = SignWatch(training)
    for _ in range(6):  # each a step and a look, 0.3 seconds
        training.advance(1)
        watch.signs(True)
    assert len(looks) == 1  # for 2 seconds
    watch.signs(False)
    assert len(looks) == 2
    watch.signs(False)
    assert len(looks) == 2  # the same weights


def test_the_training_is_the_same_with_it():
    one, other = training_of(optimizer="adam"), training_of(optimizer="adam")
    watch = SignWatch(one)
    for _ in range(5):
        one.advance(7)
        watch.signs(False)
        other.advance(7)
    for path, array in flatten(other.progress.weights).items():
        np.testing.assert_array_equal(flatten(one.progress.weights)[path], array)


def test_of_a_long_course_the_first_and_the_last_epochs_are_looked_at():
    training = training_of()
    training.history.rows = [(float(epoch), 0.0, 1.0, 1.0, 0.5, 0.5) for epoch in range(15_000)]
    course = signs._course(training)
    assert len(course) <= 2 * signs.MOST_ROWS
    assert course[0, 0] == 0
    assert course[-50:, 0].tolist() == list(range(14_950, 15_000))
