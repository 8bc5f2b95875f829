"""Ten thousand messages that mean harm: each gives an error or does what it says, and the session lives on."""

from __future__ import annotations

import json
import random

import numpy as np

from pellucid.playground.messages import LARGEST, read_message
from pellucid.playground.questions.answering import answer_to
from pellucid.trees import flatten
from playing import Played, state_of

STATE = state_of().model_dump(mode="json")
NOTE = {"epoch": 1, "step": 2, "done": 0, "params": {"dense_1/W": [[1.0]]}, "slots": {}}
GOOD = [
    {"type": "configure", "state": STATE, "reset": False},
    {"type": "run"},
    {"type": "pause"},
    {"type": "reset"},
    {"type": "step", "unit": "batch", "count": 2},
    {"type": "speed", "epochs_per_second": 5.0},
    {"type": "edit", "network": 0, "path": "dense_1/W", "index": [0, 0], "value": 0.5},
    {"type": "look", "map": 4, "unit": 3, "networks": [0], "gradients": True},
    {"type": "drawn", "frame": 1},
    {"type": "restore", "networks": [NOTE]},
    {"type": "ask", "id": 1, "what": "snapshot", "about": {}},
    {"type": "ask", "id": 1, "what": "export", "about": {"format": "json", "network": 0}},
    {
        "type": "family",
        "name": "recurrent",
        "do": "open",
        "settings": {"cell": "rnn", "units": 1, "sequence": [1] * 10},
    },
    {"type": "family", "name": "recurrent", "do": "run", "count": 1, "settings": {"learning_rate": 0.1, "example": 3}},
    {"type": "family", "name": "recurrent", "do": "close"},
]
VALUES = [
    None, True, 0, -1, 1, 2**31, 2**63, 10**400, -0.0, 1e308, 1e-320, float("nan"), float("inf"), "", "\0", "x" * 300,
    "../../etc/passwd", "__class__", "\ud800", [], [[]], {}, {"": None}, [0] * 50, "dense_1/W", "NaN",
]  # fmt: skip


def spoilt(rng: random.Random, value):
    """The value with one thing in it changed, taken away, or added."""
    if isinstance(value, dict) and value and rng.random() < 0.9:
        name = rng.choice(list(value))
        kind = rng.random()
        if kind < 0.1:
            return {key: part for key, part in value.items() if key != name}
        if kind < 0.2:
            return {**value, rng.choice(["x", "__proto__", "type"]): rng.choice(VALUES)}
        return {**value, name: spoilt(rng, value[name])}
    if isinstance(value, list) and value and rng.random() < 0.7:
        i = rng.randrange(len(value))
        return [*value[:i], spoilt(rng, value[i]), *value[i + 1 :]]
    return rng.choice(VALUES)


def hostile(rng: random.Random) -> str | bytes:
    message = rng.choice(GOOD)
    for _ in range(rng.choice([1, 1, 2, 3])):
        message = spoilt(rng, message)
    text = json.dumps(message)
    kind = rng.random()
    if kind < 0.05:
        return text[: rng.randrange(len(text) + 1)]
    if kind < 0.1:
        return bytes(rng.randrange(256) for _ in range(30)) + text.encode()
    return text


def test_ten_thousand_hostile_messages():
    rng = random.Random(16)
    played = Played(state_of())
    said = 0
    for i in range(10_000):
        before = len(played.errors) if i % 100 == 0 else 0
        played.session.handle(hostile(rng))
        if i % 10 == 0:
            played.session.work()
            played.session.tell()
        for question in played.asked:
            answer_to(*question)
        played.asked.clear()
        if i % 100 == 0:
            said += len(played.errors) - before
            played.heard.clear()
    assert said > 50
    played.say(type="family", name="recurrent", do="close")
    played.configure(state_of(), reset=True)
    played.train(count=2)
    assert played.frame()["networks"][0]["epoch"] == 2


def test_messages_too_long_and_too_deep():
    played = Played(state_of())
    played.session.handle(b" " * (LARGEST + 1))
    assert "at most 4,194,304 bytes" in played.errors[-1]
    played.session.handle("[" * 100_000)
    played.session.handle('{"type":"ask","id":1,"what":"x","about":' + '{"a":' * 5000 + "1" + "}" * 5001)
    played.session.handle(json.dumps({"type": "x" * 1_000_000}))
    assert len(played.ask("surface", along="x" * 1_000_000)[0]["error"]) <= 300
    assert len(played.errors) == 4
    assert all("\n" not in error and len(error) <= 300 for error in played.errors)


def test_the_largest_state_fits_in_a_message():
    points = [{"x": [-1.2345678901234567] * 20, "y": 1, "test": False}] * 5000
    data = {"name": "own", "points": points, "columns": [f"c{i}" for i in range(20)]}
    text = json.dumps({"type": "configure", "state": {"data": data}})
    assert read_message(text).type == "configure"


def test_questions_about_weights_that_overflow_have_an_answer_or_one_line_of_why():
    played = Played(state_of())
    note = played.session.trainings[0].progress.weights.params
    params = {path: np.full(array.shape, 1e200).tolist() for path, array in flatten(note).items()}
    played.say(type="restore", networks=[{"epoch": 1, "step": 9, "params": params}])
    for what in ("regions", "check", "stages", "surface"):
        header, _ = played.ask(what)
        assert header["type"] == "answer" or "weights are not finite" in header["error"], header
