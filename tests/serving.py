"""What tests of the server share: an application on a folder, a client, and a reader of envelopes."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

from starlette.testclient import TestClient

from pellucid.envelope import unpack
from pellucid.runs.collection import RunCollection
from pellucid.web import static
from pellucid.web.answers import Answers
from pellucid.web.app import make_app
from pellucid.web.security import Access

BASE = "http://127.0.0.1:8420"


def put_page(monkeypatch, home: Path, page: str, folder: str) -> None:
    """A page for the server to serve, with that for exports in ``folder``."""
    (home / folder).mkdir(parents=True)
    (home / page).write_text("served")
    for name in ("page.js", "page.css", "icon.svg"):
        (home / folder / name).write_text(name)
    monkeypatch.setattr(static, "FOLDER", home)


def client_of(folder: Path, access: Access | None = None, **options) -> TestClient:
    return TestClient(make_app(Answers(RunCollection(folder), **options), access or Access()), base_url=BASE)


@contextmanager
def listening(client: TestClient, **headers):
    with client.websocket_connect("ws://127.0.0.1:8420/api/live", headers=headers) as socket:
        yield socket


def headers_until(socket, kind: str) -> list[dict]:
    """The headers of what comes, up to and with the first of a kind."""
    found = []
    while not found or found[-1]["type"] != kind:
        found.append(unpack(socket.receive_bytes())[0])
    return found
