"""The page with its answers as files."""

from __future__ import annotations

import base64
import json
import re

import pytest

from pellucid import ConfigError
from pellucid.envelope import unpack_rows
from pellucid.web.export import export
from serving import client_of, put_page
from synthetic_runs import write_run


@pytest.fixture(autouse=True)
def _page(tmp_path, monkeypatch):
    put_page(monkeypatch, tmp_path / "static", "index.html", "export")


def saved_answers(out):
    """What the script of an export would find at each address."""
    files = json.loads(re.search(r"const files = (\{.*\});", (out / "export.js").read_text())[1])
    found = {}
    for address, name in files.items():
        text = (out / "data" / f"{name}.js").read_text()
        assert text.startswith(f'pellucidExport.put("{name}", "')
        found[address] = base64.b64decode(text.split('"')[3])
    return found


def test_an_export_answers_as_the_server_does(tmp_path):
    write_run(tmp_path / "runs" / "a")
    write_run(tmp_path / "runs" / "group" / "<b>")
    said = []
    assert export(tmp_path / "runs", tmp_path / "out", said.append) == 2
    found = saved_answers(tmp_path / "out")
    client = client_of(tmp_path / "runs", steer=False, exported=True)
    for address in ("api/session", "api/runs", "api/runs/a", "api/runs/group%2F%3Cb%3E"):
        assert json.loads(found[address]) == client.get(f"/{address}").json()
    assert json.loads(found["api/session"]) | {"version": 1} == {
        "version": 1,
        "folder": "runs",
        "single": False,
        "steer": False,
        "exported": True,
    }
    header, columns = unpack_rows(found["api/runs/group%2F%3Cb%3E/tables/steps"])
    assert (header["run"], len(columns["step"])) == ("group/<b>", 15)
    assert json.loads(found["api/runs/a/histograms?name=dense_1/output"])["epochs"] == [1, 2, 3]
    assert any("a/weights?path=dense_1/W" in line for line in said)  # these runs have no weights
    page = (tmp_path / "out" / "index.html").read_text()
    assert page.index("export.js") < page.index("page.js")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "index.html",
        "export.js",
        "page.js",
        "page.css",
        "icon.svg",
        "data",
    }


def test_an_earlier_export_is_written_over_and_nothing_else(tmp_path):
    write_run(tmp_path / "runs" / "a")
    out = tmp_path / "out"
    export(tmp_path / "runs", out, lambda line: None)
    before = len(list((out / "data").iterdir()))
    export(tmp_path / "runs", out, lambda line: None)
    assert len(list((out / "data").iterdir())) == before
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.tex").write_text("precious")
    with pytest.raises(ConfigError, match="files that are of no export"):
        export(tmp_path / "runs", tmp_path / "other", lambda line: None)


def test_an_empty_folder_can_be_exported(tmp_path):
    (tmp_path / "runs").mkdir()
    assert export(tmp_path / "runs", tmp_path / "out", lambda line: None) == 0
    assert set(saved_answers(tmp_path / "out")) == {"api/session", "api/runs"}


def test_a_folder_of_a_stranger_stays_as_it_is(tmp_path):
    write_run(tmp_path / "runs" / "a")
    export(tmp_path / "runs", tmp_path / "out", lambda line: None)
    (tmp_path / "out" / "data" / "mine.csv").write_text("precious")
    (tmp_path / "project" / "data").mkdir(parents=True)
    (tmp_path / "project" / "export.js").write_text("mine")
    (tmp_path / "project" / "data" / "1.js").write_text("precious")
    for folder, name in (("out", "mine.csv"), ("project", "1.js")):
        with pytest.raises(ConfigError, match="files that are of no export"):
            export(tmp_path / "runs", tmp_path / folder, lambda line: None)
        assert (tmp_path / folder / "data" / name).read_text() == "precious"


def test_an_export_that_fails_leaves_the_earlier_one(tmp_path, monkeypatch):
    write_run(tmp_path / "runs" / "a")
    out = tmp_path / "out"
    export(tmp_path / "runs", out, lambda line: None)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    monkeypatch.setattr("pellucid.web.answers.Answers.runs", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(tmp_path / "runs", out, lambda line: None)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_a_damaged_run_is_left_out_where_it_is_damaged(tmp_path):
    run = write_run(tmp_path / "runs" / "\udcff")
    (run / "histograms.jsonl").write_text('{"step": 1, "histograms": {"a": 5}, "numbers": []}\n')
    said = []
    assert export(tmp_path / "runs", tmp_path / "out", said.append) == 1
    found = saved_answers(tmp_path / "out")
    assert "api/runs/%FF/tables/epochs" in found
    assert not any("histograms" in address for address in found)
