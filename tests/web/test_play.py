"""The WebSocket of the playground, sessions that outlive a connection, and workers that end."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import time

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from pellucid.envelope import pack, unpack
from pellucid.errors import ConfigError
from pellucid.playground.messages import LARGEST
from pellucid.web import play_sessions
from pellucid.web.play import fragment_of, make_play_app
from pellucid.web.security import Access
from playground.test_hostile_messages import hostile
from playing import state_of
from serving import BASE, headers_until

PLAY = "ws://127.0.0.1:8420/api/play"


@pytest.fixture(scope="module")
def client():
    with TestClient(make_play_app(Access()), base_url=BASE) as made:
        yield made


@pytest.fixture
def sessions(client):
    return client.app.app.state.sessions


def configure(socket, **fields):
    socket.send_json({"type": "configure", "state": state_of().model_dump(mode="json"), **fields})
    return headers_until(socket, "frame")[-1]


def run_until_epoch(socket, epochs: int) -> dict:
    socket.send_json({"type": "run"})
    header = {"frame": 2**20, "networks": [{"epoch": 0}]}
    while header["networks"][0]["epoch"] < epochs:
        socket.send_json({"type": "drawn", "frame": header["frame"]})
        header = headers_until(socket, "frame")[-1]
    return header


def test_a_page_trains_leaves_and_takes_its_session_up_again(client):
    with client.websocket_connect(PLAY) as socket:
        hello = headers_until(socket, "hello")[-1]
        assert (hello["resumed"], hello["engine"]) == (False, "python")
        assert configure(socket)["networks"][0]["epoch"] == 0
        assert run_until_epoch(socket, 3)["running"]
    with client.websocket_connect(f"{PLAY}?session={hello['session']}") as socket:
        again = headers_until(socket, "hello")[-1]
        assert (again["resumed"], again["session"]) == (True, hello["session"])
        frame = headers_until(socket, "frame")[-1]
        assert frame["networks"][0]["epoch"] >= 3
        assert frame["networks"][0]["history_from"] == 0
        assert frame["running"]
        socket.send_text("junk")
        assert "cannot be read" in headers_until(socket, "error")[-1]["error"]
        socket.send_text(" " * (LARGEST + 1))
        assert "at most" in headers_until(socket, "error")[-1]["error"]


def test_a_session_that_nobody_knows_is_a_new_one(client):
    with client.websocket_connect(f"{PLAY}?session=../../x") as socket:
        hello = headers_until(socket, "hello")[-1]
        assert not hello["resumed"]
        assert hello["session"] != "../../x"


def test_a_second_window_takes_the_session_from_the_first(client):
    with client.websocket_connect(PLAY) as first:
        name = headers_until(first, "hello")[-1]["session"]
        with client.websocket_connect(f"{PLAY}?session={name}") as second:
            assert headers_until(second, "hello")
            assert "another window" in reason_of_end(first)
            assert configure(second)


def test_a_page_gets_nothing_that_was_meant_for_the_page_before_it():
    async def heard() -> int:
        page = play_sessions.Page(lambda why: None)
        for kind in ("frame", "answer", "hello", "frame"):
            await page.tell(pack({"type": kind}))
        return page.waiting.qsize()

    assert asyncio.run(heard()) == 2


def reason_of_end(socket) -> str:
    while (message := socket.receive())["type"] != "websocket.close":
        pass
    return message["reason"]


def worker_pid(sessions, name: str) -> int:
    return sessions._sessions[name]._worker._process.pid


def test_a_worker_that_dies_is_replaced_and_at_last_given_up(client, sessions):
    with client.websocket_connect(PLAY) as socket:
        name = headers_until(socket, "hello")[-1]["session"]
        for _ in range(play_sessions.MOST_FAILURES):
            configure(socket)
            os.kill(worker_pid(sessions, name), signal.SIGKILL)
            assert "the engine ended" in headers_until(socket, "error")[-1]["error"]
            assert not headers_until(socket, "hello")[-1]["resumed"]
        os.kill(worker_pid(sessions, name), signal.SIGKILL)
        assert "again and again" in reason_of_end(socket)
    assert name not in sessions._sessions


def test_a_worker_that_was_stopped_is_replaced_when_a_page_comes(client, sessions, monkeypatch):
    with client.websocket_connect(PLAY) as socket:
        name = headers_until(socket, "hello")[-1]["session"]
        stopped = worker_pid(sessions, name)
        os.kill(stopped, signal.SIGSTOP)
    monkeypatch.setattr(play_sessions, "SECONDS_TO_GREET", 0.2)
    with client.websocket_connect(f"{PLAY}?session={name}") as socket:
        monkeypatch.undo()
        assert "the engine ended" in headers_until_error(socket)
        assert configure(socket)
    assert not _exists(stopped)


def headers_until_error(socket) -> str:
    """What the next error says, or that which comes with the greeting of a new worker."""
    header = unpack(socket.receive_bytes())[0]
    return header["error"] if header["type"] == "error" else "the engine ended: " + header["type"]


def test_a_thousand_hostile_messages_harm_no_other_session(client):
    rng = random.Random(17)
    with client.websocket_connect(PLAY) as socket, client.websocket_connect(PLAY) as other:
        headers_until(socket, "hello")
        headers_until(other, "hello")
        configure(other)
        for _ in range(1_000):
            said = hostile(rng)
            (socket.send_text if isinstance(said, str) else socket.send_bytes)(said)
        socket.send_json({"type": "x"})
        assert any("Input tag 'x'" in header.get("error", "") for header in errors_of(socket))
        assert run_until_epoch(other, 2)["running"]
        socket.send_json({"type": "ask", "id": 2**40, "what": "nothing"})
        assert any(header.get("id") == 2**40 for header in errors_of(socket))


def errors_of(socket):
    while True:
        yield headers_until(socket, "error")[-1]


def wait_for(condition) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_sessions_without_a_page_are_dropped_and_there_are_never_too_many(client, sessions, monkeypatch):
    wait_for(lambda: all(session.page is None for session in sessions._sessions.values()))
    before = set(sessions._sessions)
    monkeypatch.setattr(play_sessions, "SECONDS_WITHOUT_PAGE", 0.05)
    with client.websocket_connect(PLAY) as socket:
        name = headers_until(socket, "hello")[-1]["session"]
        pid = worker_pid(sessions, name)
    wait_for(lambda: name not in sessions._sessions)
    wait_for(lambda: not _exists(pid))
    monkeypatch.setattr(play_sessions, "MOST_SESSIONS", 1)
    with client.websocket_connect(PLAY) as socket:  # one without a page makes room
        headers_until(socket, "hello")
        sessions_left = {name for name in before if name in sessions._sessions}
        monkeypatch.setattr(play_sessions, "MOST_SESSIONS", 1 + len(sessions_left))
        for left in sessions_left:
            client.portal.call(_drop, sessions, left)
        monkeypatch.setattr(play_sessions, "MOST_SESSIONS", 1)
        with client.websocket_connect(PLAY) as other:
            assert other.receive()["code"] == 1013


async def _drop(sessions, name: str) -> None:
    sessions.drop(sessions._sessions[name])


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_only_pages_of_this_server_may_play(client):
    for headers in ({"origin": "http://elsewhere.example"}, {"host": "elsewhere.example"}):
        with pytest.raises(WebSocketDisconnect), client.websocket_connect(PLAY, headers=headers):
            pass


def test_the_server_says_which_page_it_has(client):
    assert client.get("/api/session").json()["page"] == "play"
    assert client.get("/api/runs").status_code == 404
    assert client.get("/../../etc/passwd").status_code in (400, 404)


@pytest.mark.parametrize(
    ("start", "fragment"),
    [
        ("", ""),
        ("xor-by-hand", "preset=xor-by-hand"),
        ("http://127.0.0.1:8430/#v=1&data=circle", "v=1&data=circle"),
        ("https://playground.tensorflow.org/#activation=tanh&seed=0.5", "activation=tanh&seed=0.5"),
        ("#v=1", "v=1"),
    ],
)
def test_a_page_begins_with_a_preset_or_what_a_link_says(start, fragment):
    assert fragment_of(start) == fragment


@pytest.mark.parametrize(
    "start", ["a b", "https://playground.tensorflow.org/", "x" * 61, "../x", "#a\nb", "http://x/#"]
)
def test_what_is_neither_preset_nor_link_is_refused(start):
    with pytest.raises(ConfigError, match=r"unknown preset|copy the whole address"):
        fragment_of(start)


def test_messages_of_the_page_reach_the_worker_as_they_are(client):
    with client.websocket_connect(PLAY) as socket:
        headers_until(socket, "hello")
        configure(socket)
        socket.send_bytes(json.dumps({"type": "ask", "id": 3, "what": "snapshot"}).encode())
        header, _ = unpack(socket.receive_bytes())
        assert (header["type"], header["id"]) == ("answer", 3)
