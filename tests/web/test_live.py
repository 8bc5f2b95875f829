"""News over the WebSocket."""

from __future__ import annotations

import json
import shutil

import pytest

from pellucid.envelope import unpack, unpack_rows
from pellucid.web import live
from serving import client_of, headers_until, listening
from synthetic_runs import epoch_record, write_run


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(live, "SECONDS_BETWEEN_ROWS", 0.01)
    monkeypatch.setattr(live, "SECONDS_BETWEEN_LISTS", 0.05)
    monkeypatch.setattr("pellucid.runs.collection.SECONDS_BETWEEN_LOOKS", 0.0)


def follow(socket, run, *tables, **more):
    socket.send_json({"type": "follow", "run": run, "tables": list(tables), **more})


def next_rows(socket):
    data = socket.receive_bytes()
    while unpack(data)[0]["type"] != "rows":
        data = socket.receive_bytes()
    return unpack_rows(data)


def test_what_is_there_comes_first_and_then_what_is_new(tmp_path):
    run = write_run(tmp_path / "a", status="running")
    with listening(client_of(tmp_path)) as socket:
        follow(socket, "a", "steps")
        first = headers_until(socket, "event")
        assert [told["type"] for told in first] == ["summary", "rows", "event"]
        assert first[1]["rows"] == 15
        with (run / "steps.csv").open("a") as file:
            file.write("16,0.01,0.1\n17,0.01,0.2\n")
        header, columns = next_rows(socket)
        assert (header["first"], header["total"]) == (15, 17)
        assert columns["step"].tolist() == [16, 17]
        with (run / "metrics.jsonl").open("a") as file:
            file.write(json.dumps(epoch_record(4)) + "\n")
        assert headers_until(socket, "summary")[-1]["summary"]["epochs"] == 4


def test_rows_that_the_page_has_are_not_sent_again(tmp_path):
    write_run(tmp_path / "a")
    with listening(client_of(tmp_path)) as socket:
        follow(socket, "a", "steps", have={"steps": 12})
        header, columns = next_rows(socket)
        assert (header["first"], columns["step"].tolist()) == (12, [13, 14, 15])


def test_files_that_were_cut_begin_again(tmp_path):
    run = write_run(tmp_path / "a")
    with listening(client_of(tmp_path)) as socket:
        follow(socket, "a", "steps", have={"steps": 15})
        headers_until(socket, "event")
        (run / "steps.csv").write_text("step,learning_rate,loss\n1,0.01,1\n")
        assert headers_until(socket, "summary")[-1]["restarted"]
        header, columns = next_rows(socket)
        assert (header["first"], columns["step"].tolist()) == (0, [1])


def test_many_rows_at_once_come_as_fewer_with_their_peaks(tmp_path):
    run = write_run(tmp_path / "a")
    with listening(client_of(tmp_path)) as socket:
        follow(socket, "a", "steps", have={"steps": 15})
        headers_until(socket, "event")
        with (run / "steps.csv").open("a") as file:
            file.writelines(f"{step},0.01,{100 if step == 5000 else 0.5}\n" for step in range(16, 10_016))
        header, columns = next_rows(socket)
        assert header["decimated"]
        assert header["total"] == 10_015
        assert columns["loss"].max() == 100


def test_runs_come_and_go(tmp_path):
    write_run(tmp_path / "a")
    with listening(client_of(tmp_path)) as socket:
        follow(socket, "a", "steps")
        headers_until(socket, "event")
        write_run(tmp_path / "b")
        assert [run["id"] for run in headers_until(socket, "runs")[-1]["changed"]] == ["b"]
        shutil.rmtree(tmp_path / "a")
        said = headers_until(socket, "error")
        assert "it was removed" in said[-1]["error"]
        assert any(told.get("gone") == ["a"] for told in [*said, *headers_until(socket, "runs")])


@pytest.mark.parametrize(
    "text", ["", "junk", "[]", '{"type": "follow", "run": 5}', '{"type": "x"}', '{"type": "follow", "tables": ["x"]}']
)
def test_a_message_that_cannot_be_read_is_said_and_the_page_stays(tmp_path, text):
    write_run(tmp_path / "a")
    with listening(client_of(tmp_path)) as socket:
        socket.send_text(text)
        assert "message" in unpack(socket.receive_bytes())[0]["error"]
        follow(socket, "a", "steps")
        assert headers_until(socket, "rows")


def test_a_message_too_long_and_a_run_that_is_not_there(tmp_path):
    with listening(client_of(tmp_path)) as socket:
        socket.send_text("x" * 70_000)
        assert "at most 65,536 bytes" in unpack(socket.receive_bytes())[0]["error"]
        follow(socket, "../a", "steps")
        assert "there is no run" in unpack(socket.receive_bytes())[0]["error"]


def test_two_pages_follow_one_run_and_one_too_many_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(live, "MOST_READERS", 2)
    write_run(tmp_path / "a")
    client = client_of(tmp_path)
    with client, listening(client) as one, listening(client) as two:
        for socket in (one, two):
            follow(socket, "a", "steps")
            assert headers_until(socket, "rows")[-1]["rows"] == 15
        with listening(client) as three:
            assert three.receive()["type"] == "websocket.close"
