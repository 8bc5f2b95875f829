"""The question check."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pellucid import Chain, Dense, ReLU
from pellucid.errors import ConfigError
from pellucid.playground.questions.check import answer_check
from playground_subjects import subject_of


def test_all_gradients_of_the_network_agree():
    answer = answer_check(subject_of())
    assert answer["verdict"] == "right"
    assert answer["checked"] == len(answer["rows"]) == 4 * 2 + 4 + 8 + 2 + 2 + 1
    assert answer["rows"][0]["relative"] < 1e-7
    json.dumps(answer, allow_nan=False)


def test_one_example_on_a_bend():
    subject = subject_of(Chain(Dense(1), ReLU(), Dense(1)), x=np.array([[1.0, 1.0]]), y=np.array([[1.0]]))
    subject.params["dense_1"]["W"][:] = [[1.0], [-1.0]]
    subject.params["dense_1"]["b"][:] = 1e-6
    assert answer_check(subject)["verdict"] == "kink"


def test_what_would_take_minutes_is_refused():
    subject = subject_of(Chain(Dense(20_000), ReLU(), Dense(1)), x=np.ones((1, 2)), y=np.ones((1, 1)))
    with pytest.raises(ConfigError, match="80,001 weights by 1 examples would take minutes"):
        answer_check(subject)
