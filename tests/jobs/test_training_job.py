"""A training job has its folder to itself until its result is written, and no longer."""

from __future__ import annotations

import json

import pytest

from pellucid import ConfigError, RunFolder
from pellucid.jobs import training_job
from pellucid.jobs.training_job import prepare_job
from pellucid.runs.lock import FolderLock

SETTINGS = {"data": "xor", "epochs": 1, "engine": "numpy"}


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
