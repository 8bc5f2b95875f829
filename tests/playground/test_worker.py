"""The worker: messages over pipes, questions beside training, and what it must not import."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import threading

import pytest

from pellucid.envelope import unpack
from pellucid.playground.pipe import ATTACH, DETACH, PAGE, frame_message, read_frame
from pellucid.playground.questions.registry import QUESTIONS
from pellucid.playground.worker import Worker
from playing import state_of

HELLO = ATTACH + json.dumps({"session": "name", "resumed": False}).encode()
CONFIGURE = PAGE + json.dumps({"type": "configure", "state": state_of().model_dump(mode="json")}).encode()
RUN, DRAWN = PAGE + b'{"type": "run"}', PAGE + b'{"type": "drawn", "frame": 1000000}'


class Pipe:
    """A worker in a thread, on pipes of the system."""

    def __init__(self) -> None:
        import os

        ends = [os.pipe() for _ in range(2)]
        (source, self.say_to), (self.hear_from, sink) = [
            (os.fdopen(read, "rb"), os.fdopen(write, "wb")) for read, write in ends
        ]
        self.worker = Worker(source, sink)
        self.thread = threading.Thread(target=self.worker.run, daemon=True)
        self.thread.start()
        self._files = (source, sink, self.say_to, self.hear_from)

    def say(self, *messages: bytes) -> None:
        for message in messages:
            self.say_to.write(frame_message(message))
        self.say_to.flush()

    def hear(self, kind: str) -> dict:
        while True:
            header = unpack(read_frame(self.hear_from))[0]
            if header["type"] == kind:
                return header

    def close(self) -> None:
        self.say_to.close()
        self.thread.join(10)
        assert not self.thread.is_alive()
        for file in self._files:
            file.close()


@pytest.fixture
def pipe():
    made = Pipe()
    made.say(HELLO, CONFIGURE)
    yield made
    made.close()


def test_a_message_broken_off_is_the_end():
    whole = frame_message(b"abc")
    assert read_frame(io.BytesIO(whole)) == b"abc"
    assert [read_frame(io.BytesIO(whole[:cut])) for cut in (0, 2, 5)] == [None] * 3


def test_it_trains_and_answers_at_the_same_time(pipe):
    assert pipe.hear("hello")["questions"] == sorted(QUESTIONS)
    assert pipe.hear("frame")["networks"][0]["epoch"] == 0
    pipe.say(RUN, DRAWN)
    pipe.say(PAGE + b'{"type": "ask", "id": 4, "what": "thumbnails"}')
    assert pipe.hear("answer")["id"] == 4
    pipe.say(DRAWN)
    assert pipe.hear("frame")["networks"][0]["epoch"] > 0


def test_without_a_page_nothing_is_trained_and_it_goes_on_when_one_comes(pipe):
    pipe.hear("frame")
    pipe.say(RUN, DETACH)
    pipe.say(HELLO)
    header = pipe.hear("frame")
    assert header["running"]
    assert pipe.worker.session.state is not None


def test_what_nobody_foresaw_is_told_and_the_worker_lives(pipe, monkeypatch, capsys):
    pipe.hear("frame")
    monkeypatch.setattr("pellucid.playground.training.Training.advance", lambda self, steps: 1 / 0)
    pipe.say(RUN)
    assert "ZeroDivisionError" in pipe.hear("error")["error"]
    monkeypatch.undo()
    pipe.say(RUN, DRAWN)
    assert pipe.hear("frame")
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_too_many_questions_and_those_that_fail(pipe, monkeypatch, capsys):
    pipe.hear("frame")
    held = threading.Event()
    monkeypatch.setitem(QUESTIONS, "slow", lambda scene, about: held.wait(10) and 1 / 0)
    pipe.say(*(PAGE + json.dumps({"type": "ask", "id": i, "what": "slow"}).encode() for i in range(12)))
    assert "8 questions wait already" in pipe.hear("error")["error"]
    pipe.say(RUN, DRAWN)
    assert pipe.hear("frame")["running"]  # it trains while a question is under way
    held.set()
    while "could not be worked out (ZeroDivisionError)" not in (said := pipe.hear("error")["error"]):
        assert "questions wait already" in said
    pipe.say(PAGE + b'{"type": "ask", "id": 99, "what": "thumbnails"}')
    while True:
        pipe.say(DRAWN)
        header = unpack(read_frame(pipe.hear_from))[0]
        if header["type"] == "answer":
            break
        if "wait already" in header.get("error", ""):
            pipe.say(PAGE + b'{"type": "ask", "id": 99, "what": "thumbnails"}')
    capsys.readouterr()


def test_memory_that_is_not_there_is_said(pipe, monkeypatch):
    def no_memory(*arguments):
        raise MemoryError

    monkeypatch.setattr("pellucid.playground.session.make_data", no_memory)
    state = state_of().model_dump(mode="json")
    state["data"]["seed"] = 5
    pipe.say(PAGE + json.dumps({"type": "configure", "state": state}).encode())
    assert "not enough memory" in pipe.hear("error")["error"]


PROGRAM = """
import sys, threading
import pellucid.playground.worker as worker
worker.limit_memory()
heavy = {"jax", "sklearn", "matplotlib", "polars", "scipy.stats"} & set(sys.modules)
print(sorted(heavy))
"""


def test_a_worker_starts_without_what_is_heavy():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
