"""``pellucid watch`` and ``pellucid runs``."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import nullcontext
from pathlib import Path

import pytest

from pellucid import RunError
from pellucid.cli import train as train_command
from pellucid.cli.app import run
from pellucid.cli.watch_text import watch_text
from pellucid.web import static
from pellucid.web.beside import SECONDS_TO_END, watched
from synthetic_runs import epoch_record, write_run


@pytest.fixture
def runs(tmp_path):
    write_run(tmp_path / "runs" / "a")
    write_run(tmp_path / "runs" / "b", epochs=9, created="2026-02-01T00:00:00+00:00")
    (tmp_path / "runs" / "c").mkdir()
    (tmp_path / "runs" / "c" / "run.json").write_text("{")
    return tmp_path / "runs"


def test_runs_are_listed_chosen_and_sorted(runs, capsys):
    assert run(["runs", str(runs), "--where", "accuracy > .9", "--columns", "id,accuracy"]) == 0
    out = capsys.readouterr().out
    assert "b" in out
    assert "1 of 3 runs" in out
    assert f"c: {runs / 'c' / 'run.json'}" in out
    assert run(["runs", str(runs), "--sort", "-epochs", "--json"]) == 0
    assert [told["id"] for told in json.loads(capsys.readouterr().out)["runs"]] == ["b", "a", "c"]


def test_a_setting_that_no_run_set_is_an_empty_column_and_any_other_name_an_error(runs, capsys):
    assert run(["runs", str(runs), "--where", "mixup > 0", "--columns", "id,mixup"]) == 0
    assert "0 of 3 runs" in capsys.readouterr().out
    assert run(["runs", str(runs), "--columns", "id,settings.mixup"]) == 0
    assert run(["runs", str(runs), "--columns", "id,mixupp"]) == 2
    assert "did you mean mixup" in capsys.readouterr().err


def test_names_that_a_terminal_would_obey_are_shown_harmless(tmp_path, capsys):
    folder = write_run(tmp_path / "\x1b[2Jevil", status="\x9b2J", settings={"\x1b[2J": 1})
    numbers = [json.dumps({"epoch": epoch, "train": {"\x1b[31m": epoch}}) for epoch in (1, 2)]
    (folder / "metrics.jsonl").write_text("\n".join(numbers) + "\n")
    assert run(["runs", str(tmp_path)]) == 0
    assert run(["runs", str(tmp_path), "--columns", "id,settings.\x1b[2J"]) == 0
    assert run(["watch", str(folder), "--text"]) == 0
    assert run(["watch", str(tmp_path), "--text"]) == 0
    assert run(["runs", str(tmp_path), "--where", "zzz = 1"]) == 2
    said = "".join(capsys.readouterr())
    assert "evil" in said
    assert not {"\x1b", "\x9b"} & set(said)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["runs", "nowhere"], "no folder at nowhere"),
        (["watch", "nowhere"], "no folder at nowhere"),
        (["runs", ".", "--where", "x >"], "a value is missing"),
        (["watch", ".", "--text"], "can be read"),
        (["watch", ".", "--port", "70000"], "65535"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(tmp_path, monkeypatch, capsys, arguments, words):
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1


def test_a_folder_without_runs_is_said(tmp_path, capsys):
    assert run(["runs", str(tmp_path)]) == 0
    assert "no runs in" in capsys.readouterr().out


def test_curves_in_the_terminal_fit_eighty_columns_without_colour(runs, capsys):
    assert run(["watch", str(runs), "--text"]) == 0
    captured = capsys.readouterr()
    assert "of 2 runs the latest: b" in captured.err
    assert captured.out.startswith("b: all epochs done, 9 of 9 epochs\n")
    assert "accuracy by epoch: train 0.9444, validation 0.9333" in captured.out
    assert captured.out.endswith("t train, v validation, # both\n")
    assert max(map(len, captured.out.splitlines())) <= 80
    assert "\x1b" not in captured.out


def test_the_numbers_of_the_epoch_that_is_kept_are_beside_the_last(runs, capsys):
    with (runs / "b" / "events.jsonl").open("a") as file:
        file.write(json.dumps({"kind": "best", "epoch": 4}) + "\n")
    assert run(["watch", str(runs), "--text"]) == 0
    assert "loss by epoch: train 0.1111, validation 0.1222\nkept, of epoch 4: train 0.2500, validation 0.2750\n" in (
        capsys.readouterr().out
    )


def test_a_run_that_goes_on_is_followed_to_its_end(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("pellucid.cli.watch_text.SECONDS_BETWEEN_LOOKS", 0.01)
    path = write_run(tmp_path / "a", epochs=1, status="running")

    def train():
        time.sleep(0.1)
        with (path / "metrics.jsonl").open("a") as file:
            file.write(json.dumps(epoch_record(2)) + "\n")
        time.sleep(0.1)
        write_run(path, epochs=2)

    thread = threading.Thread(target=train)
    thread.start()
    watch_text(path)
    thread.join()
    out = capsys.readouterr().out
    assert out.startswith("epoch 1: train/loss 1.0000")
    assert "epoch 2: train/loss 0.5000" in out
    assert "a: all epochs done" in out


def test_a_server_beside_a_training_ends_with_it(tmp_path, monkeypatch, capfd):
    home = tmp_path / "static"
    home.mkdir()
    (home / "index.html").write_text("page")
    monkeypatch.setattr(static, "FOLDER", home)
    started = []
    command = subprocess.Popen

    def popen(words, **options):
        code = f"from pathlib import Path; from pellucid.web import static; static.FOLDER = Path({str(home)!r})"
        main = "import sys; from pellucid.cli.app import run; sys.exit(run(sys.argv[1:]))"
        environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        started.append(command([sys.executable, "-c", f"{code}; {main}", *words[3:]], env=environment, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", popen)
    with watched(tmp_path / "run"):
        time.sleep(0.1)
        write_run(tmp_path / "run", status="running")
        said, until = "", time.monotonic() + 30
        while "is at http://127.0.0.1:" not in said and time.monotonic() < until:
            time.sleep(0.05)
            said += capfd.readouterr().err
    assert "is at http://127.0.0.1:" in said
    assert started[0].returncode == 0


@pytest.mark.parametrize("at_terminal", [True, False])
def test_a_page_beside_a_training_stays_at_a_terminal_alone(monkeypatch, tmp_path, capsys, at_terminal):
    waits = []

    class Server:
        stdin = io.BytesIO()

        def wait(self, seconds=None):
            waits.append(seconds)
            if seconds is None:
                raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: Server())
    monkeypatch.setattr("pellucid.web.beside.require_page", lambda: None)
    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: at_terminal, raising=False)
    with watched(tmp_path / "run") as stay:
        stay()
    assert waits == ([None, SECONDS_TO_END] if at_terminal else [SECONDS_TO_END])
    assert ("until Ctrl-C" in capsys.readouterr().err) == at_terminal


def test_the_end_of_the_page_beside_a_training_is_said(monkeypatch):
    monkeypatch.setattr("pellucid.web.beside.watched", lambda run: nullcontext(lambda: None))
    told = []
    with pytest.raises(KeyboardInterrupt), train_command._watched(Path("runs/a b"), told.append):
        raise KeyboardInterrupt
    assert told == ["the page has ended with the training; it shows the run again by: pellucid watch 'runs/a b'"]


def test_a_run_that_is_removed_is_said(tmp_path, monkeypatch):
    path = write_run(tmp_path / "a", status="running")
    monkeypatch.setattr("time.sleep", lambda seconds: shutil.rmtree(path))
    with pytest.raises(RunError, match="run a was removed while it was watched"):
        watch_text(tmp_path)
