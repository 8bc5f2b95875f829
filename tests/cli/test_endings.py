"""How a command ends: by a signal, with its streams closed, and with its errors as JSON."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pellucid import load_run
from pellucid.cli.app import run

FULL = Path("/dev/full")
PROGRAM = """
import signal
from pellucid.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""


def start(*arguments, folder, program=PROGRAM, **streams):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments], cwd=folder, env=environment, text=True, **streams
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_training_as_ctrl_c_does(tmp_path, number):
    how = ["--epochs", "1000000", "--patience", "0", "--engine", "numpy", "--hidden", "4", "--quiet", "--out", "run"]
    process = start("train", "iris", *how, folder=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    metrics = tmp_path / "run" / "metrics.jsonl"
    while not metrics.exists() or metrics.stat().st_size == 0:
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert "interrupted; weights of epoch" in out
    assert err == "Go on with: pellucid train --resume run\n"
    reached = load_run(tmp_path / "run")
    assert reached.description["status"] == "interrupted"
    assert len(reached.history.epochs) >= 1


def test_a_signal_before_training_is_answered_in_a_word(tmp_path):
    how = ["train", "digits", "--epochs", "100000000", "--quiet"]
    program = f"import os, signal, sys, threading; sys.argv[1:] = {how!r}\n"
    program += "threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM)).start()\n"
    process = start(folder=tmp_path, program=program + PROGRAM, stderr=subprocess.PIPE)
    _, err = process.communicate(timeout=60)
    assert process.returncode in (143, -signal.SIGTERM)  # the second before the program has begun
    assert err in ("pellucid: interrupted\n", "")


@pytest.mark.parametrize(
    ("arguments", "mention"),
    [
        (["train", "nothing.csv"], "nothing.csv"),
        (["train", "iris", "--epochs", "many"], "many"),
        (["train", "iris", "--learning-rate", "1e30", "--optimizer", "gradient-descent", "--quiet"], "learning rate"),
        (["predict", "nowhere", "nothing.csv"], "nowhere"),
        (["show", "nothing"], "nothing"),
        (["check", "nothing"], "nothing"),
        (["explain", "nothing"], "nothing"),
        (["nothing"], "nothing"),
    ],
)
def test_with_json_an_error_is_one_object(capsys, tmp_path, monkeypatch, arguments, mention):
    monkeypatch.chdir(tmp_path)
    assert run([*arguments, "--json"]) == 2
    captured = capsys.readouterr()
    answer = json.loads(captured.out)
    assert list(answer) == ["error"]
    assert mention in answer["error"]
    assert captured.err.splitlines()[-1] == f"pellucid: {answer['error']}"


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
@pytest.mark.parametrize("arguments", [["show", "iris"], ["show", "iris", "--json"], ["--version"]])
def test_output_that_cannot_be_written_is_one_line(tmp_path, arguments):
    with FULL.open("w") as full:
        process = start(*arguments, folder=tmp_path, stdout=full, stderr=subprocess.PIPE)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.startswith("pellucid: ")
    assert err.count("\n") == 1


def test_a_place_that_cannot_be_written_is_one_line(capsys, tmp_path):
    (tmp_path / "file").write_text("")
    assert run(["train", "iris", "--epochs", "1", "--quiet", "--out", str(tmp_path / "file" / "run")]) == 2
    line = capsys.readouterr().err
    assert "Not a directory" in line
    assert line.count("\n") == 1


def test_steps_without_end_are_refused(capsys):
    assert run(["explain", "two-two-two", "--epochs", "1000000"]) == 2
    assert "10000" in capsys.readouterr().err
