"""Answers over HTTP, and what is said of what cannot be answered."""

from __future__ import annotations

import json
from urllib.parse import quote

import numpy as np
import pytest

from pellucid.envelope import unpack, unpack_rows
from serving import client_of
from synthetic_runs import write_run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs")
    write_run(folder / "a")
    write_run(folder / "group" / "b", epochs=4, steps_an_epoch=2000, layers=False)
    write_run(folder / "broken")
    (folder / "broken" / "run.json").write_text("{")
    return folder


@pytest.fixture(scope="module")
def client(folder):
    return client_of(folder)


def test_the_session_says_what_is_looked_at(client, folder):
    told = client.get("/api/session").json()
    assert told | {"version": ""} == {
        "version": "",
        "folder": folder.name,
        "single": False,
        "steer": True,
        "exported": False,
    }


def test_the_list_has_every_run_also_one_that_cannot_be_read(client):
    runs = {run["id"]: run for run in client.get("/api/runs").json()["runs"]}
    assert list(runs) == ["a", "broken", "group/b"]
    assert runs["broken"]["status"] == "unreadable"
    assert "cannot be read" in runs["broken"]["error"]


def test_errors_have_a_run_by_its_name_and_not_where_it_is(client, folder):
    errors = [client.get(f"/api/runs/{path}").json()["error"] for path in ("broken", "broken/examples", "a/examples")]
    assert not [error for error in errors if str(folder) in error]
    assert errors[0].startswith("broken/run.json cannot be read")


def test_all_about_a_run(client):
    told = client.get("/api/runs/a").json()
    assert told["columns"]["steps"] == ["step", "learning_rate", "loss"]
    assert told["columns"]["examinations"] == ["step", "epoch", "dense_1/dead"]
    header, columns = unpack_rows(client.get("/api/runs/a/tables/examinations").content)
    assert (header["columns"], columns["step"].tolist()) == (["step", "dense_1/dead", "epoch"], [5, 10, 15])
    assert told["histograms"] == ["dense_1/W/weight", "dense_1/W/gradient", "dense_1/output"]
    assert [node["kind"] for node in told["network"]["nodes"]] == ["Input", "Dense", "Tanh", "Dense"]
    assert [event["kind"] for event in told["events"]] == ["started", "ended"]
    assert told["result"]["test"]["accuracy"] == 0.97
    assert (told["command"], told["remarks"], told["report"]) == ("pellucid train iris", [], False)
    assert client.get("/api/runs/broken").json()["status"] == "unreadable"


def test_a_run_in_a_folder_is_one_segment_of_the_address(client):
    assert client.get("/api/runs/group%2Fb").json()["id"] == "group/b"
    assert client.get("/api/runs/group/b").status_code == 404


def test_a_table_whole_in_part_and_in_fewer_points(client):
    header, columns = unpack_rows(client.get("/api/runs/group%2Fb/tables/steps").content)
    assert (header["total"], header["decimated"]) == (8000, True)
    assert len(columns["step"]) <= 2002
    header, columns = unpack_rows(
        client.get("/api/runs/group%2Fb/tables/steps?columns=loss&from=101&to=200&points=1000").content
    )
    assert (header["first"], header["rows"], header["columns"]) == (100, 100, ["step", "loss"])
    assert columns["step"].tolist() == list(range(101, 201))
    np.testing.assert_allclose(columns["loss"], 1 / np.sqrt(np.arange(101, 201)), rtol=1e-5)


def test_a_table_that_is_not_there_yet_has_no_rows_and_columns_unknown_are_left_out(client):
    header, _ = unpack_rows(client.get("/api/runs/group%2Fb/tables/layers").content)
    assert (header["rows"], header["total"]) == (0, 0)
    header, _ = unpack_rows(client.get("/api/runs/a/tables/epochs?columns=train/loss,nope").content)
    assert header["columns"] == ["epoch", "train/loss"]
    header, _ = unpack_rows(client.get("/api/runs/a/tables/epochs?from=99").content)
    assert header["rows"] == 0


@pytest.mark.parametrize(
    "query", ["points=-5", "points=1e400", "points=x", "from=nan&to=x", "points=99999999999", "from="]
)
def test_numbers_that_are_none_are_passed_over(client, query):
    header, _ = unpack_rows(client.get(f"/api/runs/a/tables/steps?{query}").content)
    assert header["total"] == 15


@pytest.mark.parametrize(
    "path",
    [
        "/api/runs/none",
        "/api/runs/%2e%2e%2fa",
        "/api/runs/" + quote("../a", safe=""),
        "/api/runs/%2Fetc",
        "/api/runs/a%00",
        "/api/runs/%ff",
        "/api/runs/a/tables/other",
        "/api/runs/a/histograms?name=none",
        "/api/runs/a/weights?path=none",
        "/runs/a/report.html",
        "/api/other",
    ],
)
def test_what_is_not_there_is_said_in_one_line(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "\n" not in answer.json()["error"]


def test_histograms(client):
    told = client.get("/api/runs/a/histograms?name=dense_1/output").json()
    assert told["epochs"] == [1, 2, 3]


def test_a_note_on_a_run_that_is_over(client, folder):
    answer = client.post("/api/runs/a/control", json={"command": "note", "value": "<b>good</b>"})
    assert answer.status_code == 202
    last = json.loads((folder / "a" / "events.jsonl").read_text().splitlines()[-1])
    assert (last["text"], last["request"]) == ("<b>good</b>", answer.json()["id"])


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"command": "stop"}, 409),
        ({"command": "explode"}, 404),
        ({"command": "note"}, 400),
        ({"command": "note", "value": "x", "more": 1}, 400),
        ({"command": "learning_rate", "value": "1"}, 400),
        ([], 400),
        ({"command": "note", "value": "x" * 70_000}, 413),
    ],
)
def test_a_request_that_cannot_be_is_refused(client, asked, status):
    answer = client.post("/api/runs/a/control", json=asked)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])


def test_a_page_that_only_shows_cannot_steer(folder):
    answer = client_of(folder, steer=False).post("/api/runs/a/control", json={"command": "note", "value": "x"})
    assert answer.status_code == 403


def test_hostile_names_of_runs_come_back_as_they_are(tmp_path):
    names = ["<img src=x onerror=alert(1)>", "a&b=c?d#e", "naïve 日本", "-rf", "%2e%2e", "tables"]
    for name in names:
        write_run(tmp_path / name)
    client = client_of(tmp_path)
    assert {run["id"] for run in client.get("/api/runs").json()["runs"]} == set(names)
    for name in names:
        assert client.get(f"/api/runs/{quote(name, safe='')}").json()["id"] == name
        header, _ = unpack(client.get(f"/api/runs/{quote(name, safe='')}/tables/steps").content)
        assert header["run"] == name


def test_an_empty_folder_and_a_folder_that_went(tmp_path):
    client = client_of(tmp_path / "gone")
    assert client.get("/api/runs").json() == {"runs": []}
    assert client.get("/api/session").json()["folder"] == "gone"


@pytest.mark.parametrize("digits", [400, 5000])
def test_a_number_of_many_digits_is_refused(client, digits):
    number = "1" + "0" * digits
    body = f'{{"command": "learning_rate", "value": {number}}}'
    asked = client.post("/api/runs/a/control", content=body, headers={"content-type": "application/json"})
    assert asked.status_code == 400
    assert client.get(f"/api/runs/a/examples?count={number}&row=-{number}").status_code in (400, 404)
