"""A job is made ready before anything is written, and goes on with a run as it was set up."""

from __future__ import annotations

import pytest

from pellucid import ConfigError, DataError
from pellucid.jobs.training_job import prepare_job

OPTIONS = {"data": "iris", "network": "linear", "engine": "numpy", "epochs": 1}


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
    result = prepare_job(OPTIONS, tell=said.append).run()
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
    assert prepare_job({"epochs": 2}, resume=run).run()["epochs"] == 2


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
