"""Whether a folder may be trained into: never over a run, nor over the files of others."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import ConfigError, Dense, MeanSquaredError, RunError, fit
from pellucid.runs.layout import FILES
from pellucid.runs.unfinished import holds_run, is_free

DATA = np.ones((8, 2), np.float32), np.ones((8, 1), np.float32)


def train(path, resume=False):
    return fit(Dense(1), MeanSquaredError(), DATA, engine="numpy", epochs=2, run=path, resume=resume)


@pytest.mark.parametrize("description", ["", '{"pellucid_run": 1, "status": "running"}'])
def test_what_was_killed_before_its_first_checkpoint_makes_room(tmp_path, description):
    (tmp_path / "run.json").write_text(description)
    (tmp_path / "steps.csv").write_text("step,learning_rate,lo")
    (tmp_path / "metrics.jsonl").write_text("")
    (tmp_path / ".preprocessing.json.ab12cd34.part").write_text("{")
    assert is_free(tmp_path)
    with pytest.raises(RunError, match=r"no checkpoint.*train into it without resume"):
        train(tmp_path, resume=True)
    train(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} <= set(FILES)
    assert (tmp_path / "steps.csv").read_text().count("step,learning_rate,loss\n") == 1
    assert holds_run(tmp_path)
    assert not is_free(tmp_path)


@pytest.mark.parametrize("kept", ["checkpoint.safetensors", "weights.safetensors", "metrics.jsonl"])
def test_what_a_training_has_reached_is_kept(tmp_path, kept):
    train(tmp_path)
    for path in tmp_path.iterdir():
        if path.name not in (kept, "run.json"):
            path.unlink()
    before = (tmp_path / kept).read_bytes()
    with pytest.raises(ConfigError, match="holds a run already"):
        train(tmp_path)
    assert (tmp_path / kept).read_bytes() == before


@pytest.mark.parametrize(
    ("name", "content"), [("run.json", '{"version": 3}'), ("run.json", "{"), ("run.json", "[1]"), ("steps.csv", "1,2")]
)
def test_files_of_others_are_not_written_over(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    assert not is_free(tmp_path)
    with pytest.raises(ConfigError, match=f"a file {name} that is of no run"):
        train(tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {name: content}


def test_other_names_are_no_matter_of_fit_but_keep_a_folder_from_being_free(tmp_path):
    (tmp_path / "notes.md").write_text("dear")
    (tmp_path / ".notes.md.ab12.part").write_text("dear")
    assert not is_free(tmp_path)
    train(tmp_path)
    assert (tmp_path / "notes.md").read_text() == (tmp_path / ".notes.md.ab12.part").read_text() == "dear"
    assert not is_free(tmp_path / "nowhere")
    assert not is_free(tmp_path / "notes.md")
