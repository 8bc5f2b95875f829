"""A job is made ready before anything is written, and goes on with a run as it was set up."""

from __future__ import annotations

import json

import pytest

from pellucid import ConfigError, DataError, RunFolder
from pellucid.jobs import training_job
from pellucid.jobs.training_job import prepare_job
from pellucid.runs.lock import FolderLock

OPTIONS = {"data": "iris", "network": "linear", "engine": "numpy", "epochs": 1}
SETTINGS = {"data": "xor", "epochs": 1, "engine": "numpy"}


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_job_says_what_it_does_and_writes_nothing_before_it_runs(tmp_path):
    said = []
    job = prepare_job(OPTIONS, tell=said.append)
    assert said[0] == "reading iris"
    assert any(line.startswith("network: linear for 4 columns") for line in said)
    assert str(job.folder.path) == "runs/iris-1"
    assert not list(tmp_path.iterdir())


def test_a_run_is_measured_goes_on_and_keeps_what_it_is(tmp_path):
    said = []
    result = prepare_job({**OPTIONS, "network": None, "hidden": [3]}, tell=said.append).run()
    assert result["epochs"] == 1
    assert {"train", "validation", "test", "baseline", "remarks"} <= result.keys()
    assert "fitting a linear model to compare with" in said
    run = tmp_path / "runs" / "iris-1"
    assert str(prepare_job(OPTIONS).folder.path) == "runs/iris-2"
    with pytest.raises(ConfigError, match=r"iris-1 is there already: go on with it by --resume .*, or choose another"):
        prepare_job(OPTIONS, out=run)
    with pytest.raises(ConfigError, match="--resume goes on with a run as it was set up: leave out --config and --out"):
        prepare_job({}, resume=run, out=tmp_path / "other")
    for option, named in (("data", "DATA"), ("network", "--network")):
        with pytest.raises(ConfigError, match=f"goes on with the same data, .*: leave out {named}$"):
            prepare_job({option: "wine"}, resume=run)
    gone_on = prepare_job({"epochs": 2}, resume=run).run()
    assert gone_on["epochs"] == 2
    assert gone_on["seconds"] > result["seconds"]  # the time of both
    told = json.loads((run / "run.json").read_text(encoding="utf-8"))
    assert told["earlier_seconds"] == result["seconds"]
    assert told["network"] == "mlp"  # chosen by what was said


def test_a_run_goes_on_with_the_same_data_alone(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("a,kind\n" + "".join(f"{i},{'xy'[i % 2]}\n" for i in range(30)), encoding="utf-8")
    prepare_job({**OPTIONS, "data": "table.csv"}, out=tmp_path / "run").run()
    table.write_text("a,kind\n" + "".join(f"{i},{'xy'[i % 2]}\n" for i in range(31)), encoding="utf-8")
    with pytest.raises(DataError, match=r"table\.csv is not what .*run was trained on: go on with the same data"):
        prepare_job({}, resume=tmp_path / "run")


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"--out .*own is there already: choose another folder"):
        prepare_job(OPTIONS, out=tmp_path / "own")


def test_the_folder_is_locked_until_the_result_is_written(tmp_path, monkeypatch):
    written = []
    describe = RunFolder.describe

    def describe_alone(folder, **more):
        describe(folder, **more)
        with pytest.raises(ConfigError, match="another training is writing"):
            FolderLock(folder.path)
        written.extend(more)

    monkeypatch.setattr(RunFolder, "describe", describe_alone)
    prepare_job(SETTINGS, out=tmp_path / "run").run()
    assert written == ["status", "engine", "status", "result"]
    FolderLock(tmp_path / "run").release()
    assert "result" in json.loads((tmp_path / "run" / "run.json").read_text())


def test_the_folder_is_free_after_an_error(tmp_path, monkeypatch):
    def fail(trained, data):
        raise RuntimeError("no results")

    monkeypatch.setattr(training_job, "Results", fail)
    with pytest.raises(RuntimeError, match="no results"):
        prepare_job(SETTINGS, out=tmp_path / "run").run()
    FolderLock(tmp_path / "run").release()
