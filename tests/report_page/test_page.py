"""A report of whatever is there: hostile names, runs that broke off, old runs, runs without data."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from pellucid import Chain, Dense, SoftmaxCrossEntropy, fit, load_dataset
from pellucid.cli.app import run
from pellucid.report_page import page, write_report
from pellucid.report_page.evidence import Evidence
from pellucid.report_page.page import make_page
from pellucid.report_page.sections import gradients, health
from pellucid.report_page.sections.section import Section
from pellucid.report_page.write import seconds_for
from pellucid.runs.growing import append_record
from pellucid.runtime.deadline import Deadline
from report_page.conftest import HOSTILE
from report_page.reading import read
from synthetic_runs import write_run


def report_of(path, seconds=0.0):
    return make_page(Evidence(path, Deadline(seconds)))


def changed(iris, tmp_path, **told):
    """A copy of the run whose description says something else; None takes an entry out."""
    path = tmp_path / "copy"
    shutil.copytree(iris.path, path)
    description = {**json.loads((path / "run.json").read_text()), **told}
    kept = {name: value for name, value in description.items() if value is not None}
    (path / "run.json").write_text(json.dumps(kept))
    return path


def test_nothing_is_loaded_and_nothing_runs(iris, pictures):
    for trained in (iris, pictures):
        made = make_page(trained.evidence())
        assert "url(" not in made
        assert "@import" not in made
        for part in read(made).values():
            for tag, told in part.tags:
                assert tag not in ("script", "link", "iframe", "object", "base", "form")
                assert not any(name.startswith("on") for name in told)
                assert told.get("src", "data:image/png").startswith("data:image/png")
                assert told.get("href", "#").startswith("#")


def test_names_of_columns_and_classes_are_escaped(prices, pictures):
    for trained, name in ((prices, HOSTILE), (prices, "<b>east</b>"), (pictures, "<i>two<∕i>")):
        made = make_page(trained.evidence())
        assert name not in made
        assert name in read(made)["The data"].text


def test_a_run_whose_data_are_gone_tells_the_rest(prices, tmp_path):
    path = shutil.copytree(prices.path, tmp_path / "moved")
    description = json.loads((path / "run.json").read_text())
    description["settings"]["data"] = str(tmp_path / "gone.csv")
    (path / "run.json").write_text(json.dumps(description))
    parts = read(report_of(path))
    assert "gone.csv, which is not here" in parts["What this report leaves out"].text
    assert "What it leans on" not in parts
    assert "Worst mistakes" not in parts
    assert parts["Results"].row("R²")
    assert parts["The data"].row("training")[0] == "84"
    assert "Curves" in parts


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"status": "interrupted"}, "This training was interrupted after 6 epochs"),
        ({"status": "step 12: the loss is nan", "result": None}, "This training failed: step 12: the loss is nan"),
    ],
)
def test_a_run_that_broke_off_says_so(iris, tmp_path, told, said):
    assert said in read(report_of(changed(iris, tmp_path, **told)))[""].text


def test_without_a_result_the_last_epoch_speaks(iris, tmp_path):
    top = read(report_of(changed(iris, tmp_path, result=None)))[""].text
    last = iris.evidence().table("epochs")["validation/accuracy"][-1]
    assert f"{100 * last:.1f}\u00a0%" in top
    assert "The test part was not measured." in top


def test_runs_of_fit_have_what_they_have(tmp_path):
    x = np.random.default_rng(0).normal(size=(40, 3))
    fit(Chain(Dense(2)), SoftmaxCrossEntropy(), (x, (x[:, 0] > 0).astype(int)), epochs=2, run=tmp_path / "run")
    parts = read(report_of(tmp_path / "run"))
    assert "fit made this run from arrays" in parts["What this report leaves out"].text
    assert "load_run" in parts["Commands"].text
    assert parts["The network"].row("dense_1")[1:] == ["2", "8"]
    assert "training accuracy of the last epoch" in parts[""].text


def test_a_run_of_fit_with_its_data_is_measured_now(tmp_path):
    data = load_dataset("iris")
    trained = fit(Chain(Dense(3)), SoftmaxCrossEntropy(), data, epochs=2, engine="numpy", run=tmp_path / "run")
    parts = read(write_report(tmp_path / "run", dataset=data, seconds=0.0).read_text())
    accuracy = (trained.classify(data.test.x) == data.test.y).mean()
    assert parts["Results"].row("accuracy")[2].startswith(f"{100 * accuracy:.1f}")
    assert len(parts["What was taken for what"].tables[0]) == 4


def test_old_runs_have_what_they_have(tmp_path):
    parts = read(report_of(write_run(tmp_path / "old")))
    assert "97.0\u00a0%" in parts[""].text
    assert "25.0\u00a0%" in parts["Health of the layers"].row("dense_1")  # dead units of the last examination
    assert "dense_1/W/gradient" in parts["Health of the layers"].text


def test_findings_of_a_diagnosis_have_a_place(iris, tmp_path):
    parts = read(report_of(changed(iris, tmp_path, findings=["the learning rate is too high"])))
    assert "the learning rate is too high" in parts["Findings"].text
    assert "Findings" not in read(make_page(iris.evidence()))


def test_what_was_seen_while_it_trained_has_a_place(iris, tmp_path):
    path = changed(iris, tmp_path)
    seen = {"name": "dead units", "path": "relu_1", "epoch": 3, "said": "80% of relu_1 put out 0"}
    for state in ("begun", "over"):
        append_record(path / "findings.jsonl", {**seen, "state": state, "epoch": 3 if state == "begun" else 9})
    text = read(report_of(path))["Findings"].text
    assert "dead units of relu_1 from epoch 3 on: 80% of relu_1 put out 0" in text
    assert "dead units of relu_1 is over at epoch 9" in text


def test_the_gradient_check_has_seconds_of_its_own(iris, monkeypatch):
    asked = []
    monkeypatch.setattr(gradients, "_check", lambda trained, part, directions, deadline: asked.append(deadline.seconds))
    monkeypatch.setattr(gradients, "_shown", lambda found, examples, directions: "shown")
    assert gradients.gradients(iris.evidence(1e-6)) == "shown"
    assert asked == [gradients.OWN_SECONDS]


def test_one_watched_step_is_no_course(tmp_path):
    run = write_run(tmp_path / "old")
    rows = (run / "layers.csv").read_text().splitlines(keepends=True)
    (run / "layers.csv").write_text("".join(rows[:2]))
    columns = Evidence(run, Deadline(0.0)).table("layers")
    assert [name for name, _ in health._moments(columns.rows)] == ["at the one watched step"]
    assert [name for name, _ in health._moments(2)] == ["at the beginning", "at the end"]


def test_what_takes_too_long_is_left_out_and_said(iris):
    parts = read(make_page(iris.evidence(0.0)))
    said = parts["What this report leaves out"].text
    for what in ("importance of columns", "gradient check", "intervals of the test part"):
        assert what in said
    assert seconds_for(1.0) == 3
    assert seconds_for(100.0) == 5
    assert seconds_for(10_000.0) == 10


def test_a_part_that_cannot_be_made_leaves_the_others(iris, monkeypatch):
    def broken(evidence):
        raise ZeroDivisionError("by <nothing>")

    monkeypatch.setattr(page, "SECTIONS", (Section("Broken", broken), *page.SECTIONS))
    made = make_page(iris.evidence())
    assert "This part could not be made: ZeroDivisionError: by &lt;nothing&gt;" in made
    assert ">Results</h2>" in made


def test_the_command_writes_it_again_and_elsewhere(iris, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("pellucid.report_page.write.MOST_SECONDS", 0.0)
    assert run(["report", str(iris.path), "--out", str(tmp_path / "it.html")]) == 0
    assert (tmp_path / "it.html").read_text().startswith("<!doctype html>")
    assert "it.html" in capsys.readouterr().err
    assert run(["report", str(tmp_path)]) == 2
    assert "not a run folder" in capsys.readouterr().err


def test_a_training_writes_its_report_unless_told_not_to(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("pellucid.report_page.write.FEWEST_SECONDS", 0.0)
    train = ["train", "iris", "--epochs", "1", "--hidden", "3"]
    assert run([*train, "--out", str(tmp_path / "a")]) == 0
    assert read((tmp_path / "a" / "report.html").read_text())["Results"].row("accuracy")
    assert run([*train, "--out", str(tmp_path / "b"), "--no-report"]) == 0
    assert not (tmp_path / "b" / "report.html").exists()
    capsys.readouterr()
    monkeypatch.setattr("pellucid.report_page.write.make_page", lambda evidence: 1 / 0)
    assert run([*train, "--out", str(tmp_path / "c")]) == 0
    assert "no report was written (ZeroDivisionError: division by zero); try again by" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_fails_the_command_alone(iris, tmp_path, monkeypatch):
    monkeypatch.setattr("pellucid.report_page.write.MOST_SECONDS", 0.0)
    assert run(["report", str(iris.path), "--out", str(tmp_path / "none" / "it.html")]) == 2
    assert write_report(iris.path, tmp_path / "it.html", iris.job.dataset, 0.0).exists()
