"""The stored traces of tests/play_traces are what the Python engine gives: else run ``scripts/play_traces``."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from pellucid.playground.state import PlayState
from play_traces.all import STORED
from play_traces.data import data_states, trace_data
from play_traces.explain import explain_states, trace_explain
from play_traces.questions import export_states, question_states, trace_question
from play_traces.signs import sign_states, trace_signs
from play_traces.training import trace_training, training_states

BAR = 1e-9
"""Relative to the largest number of a list: sums are in another order on other machines."""

NUMBER = re.compile(r"-?\d+\.\d+(?:e[-+]\d+)?")


@pytest.fixture(scope="module")
def stored():
    return json.loads(STORED.read_text(encoding="utf-8"))


def assert_same(found, wanted, where):
    """The same names, texts and whole numbers; lists of numbers to the bar, null where they are not finite."""
    if isinstance(wanted, dict):
        assert list(found) == list(wanted), where
        for name, part in wanted.items():
            assert_same(found[name], part, f"{where}: {name}")
    elif isinstance(wanted, list) and all(isinstance(number, (int, float, type(None))) for number in wanted):
        given, like = (np.array(numbers, np.float64) for numbers in (found, wanted))
        given = np.where(np.isfinite(given), given, np.nan)
        largest = np.nanmax(np.abs(like), initial=0.0)
        np.testing.assert_allclose(given, like, rtol=0, atol=BAR * largest, err_msg=where)
    elif isinstance(wanted, float):
        bar = 1e-4 if where.endswith("sharpness") else BAR  # it is measured by differences
        assert found == pytest.approx(wanted, rel=bar), where
    elif isinstance(wanted, str):
        assert NUMBER.sub("1.0", found) == NUMBER.sub("1.0", wanted), where
        given, like = (list(map(float, NUMBER.findall(text))) for text in (found, wanted))
        assert given == pytest.approx(like, rel=BAR), where
    else:
        assert json.loads(json.dumps(found)) == wanted, where


def test_data(stored):
    assert stored["start"] == PlayState().model_dump(mode="json")
    states = dict(data_states())
    assert list(stored["data"]) == list(states)
    for name, state in states.items():
        assert_same(trace_data(state), stored["data"][name], name)


def test_training(stored):
    states = list(training_states())
    assert list(stored["training"]) == [name for name, _, _ in states]
    for name, data, network in states:
        assert_same(trace_training(data, network), stored["training"][name], name)


def test_questions(stored):
    states = [*question_states(), *export_states()]
    assert list(stored["questions"]) == [name for name, *_ in states]
    for name, *rest in states:
        assert_same(json.loads(json.dumps(trace_question(*rest))), stored["questions"][name], name)


def test_signs(stored):
    states = list(sign_states())
    assert list(stored["signs"]) == [name for name, *_ in states]
    for name, *rest in states:
        assert_same(json.loads(json.dumps(trace_signs(*rest))), stored["signs"][name], name)


def test_explain(stored):
    states = list(explain_states())
    assert list(stored["explain"]) == [name for name, *_ in states]
    for name, *rest in states:
        assert_same(json.loads(json.dumps(trace_explain(*rest))), stored["explain"][name], name)
