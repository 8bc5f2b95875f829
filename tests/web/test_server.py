"""The server as a process: its port, its end, its browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from websockets.sync.client import connect

from pellucid import ConfigError
from pellucid.web import server
from pellucid.web.security import Access
from pellucid.web.server import has_display, listen, page_address
from synthetic_runs import write_run

SECONDS_TO_END = 2 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
"""Two seconds; on a machine with more to do than cores, as much longer as everything takes there."""

SERVE = """
import sys
from pathlib import Path
from pellucid.web.server import serve
serve(Path(sys.argv[1]), port=0, tell=lambda line: print(line, flush=True), open_browser=False,
      with_input="input" in sys.argv)
"""


def start(folder, *arguments, **options):
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(folder), *arguments], stdout=subprocess.PIPE, text=True, **options
    )
    line = process.stdout.readline()
    return process, line.split(" is at http://")[1].split("/")[0]


def test_it_ends_within_two_seconds_though_a_page_holds_a_socket(tmp_path):
    write_run(tmp_path / "a")
    process, address = start(tmp_path)
    with connect(f"ws://{address}/api/live") as page:
        page.send('{"type": "follow", "run": "a", "tables": ["steps"]}')
        assert page.recv(timeout=10)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        assert time.monotonic() - begun < SECONDS_TO_END
    process.stdout.close()


def test_it_ends_with_its_input_and_does_not_wait_for_one_who_reads_nothing(tmp_path):
    run = write_run(tmp_path / "a")
    process, address = start(tmp_path / "a", "input", stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    with socket.create_connection(tuple(address.split(":"))) as page:  # a page that asks and never reads
        page.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        page.sendall(f"GET /api/runs/a/tables/steps HTTP/1.1\r\nHost: {address}\r\n\r\n".encode() * 200)
        with (run / "steps.csv").open("a") as file:
            file.writelines(f"{step},0.01,0.5\n" for step in range(16, 5_000))
        begun = time.monotonic()
        process.stdin.close()
        process.wait(10)
        assert time.monotonic() - begun < server.SECONDS_OF_LAST_NEWS + SECONDS_TO_END
    assert process.stderr.read() == ""  # that answers were broken off is no fault
    process.stdout.close()
    process.stderr.close()


def test_a_port_that_is_taken_gives_the_next():
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with listen("127.0.0.1", port) as second:
            assert port < second.getsockname()[1] <= port + server.TRIES


def test_where_no_port_is_free_or_the_host_is_not_ours_that_is_said(monkeypatch):
    monkeypatch.setattr(server, "TRIES", 1)
    with listen("127.0.0.1", 0) as first, pytest.raises(ConfigError, match="give another --port"):
        listen("127.0.0.1", first.getsockname()[1])
    with pytest.raises(ConfigError, match="give another --host"):
        listen("192.0.2.1", 8420)
    with pytest.raises(ConfigError, match="--host is empty"):
        listen("", 0)


def test_the_address_has_the_token_where_there_is_one():
    assert page_address(Access(), 8420) == "http://127.0.0.1:8420/"
    assert page_address(Access("::1"), 8420) == "http://[::1]:8420/"
    assert page_address(Access("10.0.0.1", "t"), 1) == "http://10.0.0.1:1/?token=t"
    assert "0.0.0.0" not in page_address(Access("0.0.0.0", "t"), 1)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_without_a_display_no_browser_is_opened(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert has_display()
