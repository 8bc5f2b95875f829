"""kill -9 at every operation on files: what is left goes on to the bit or, before a checkpoint, can be trained into."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from killing import killed_at
from pellucid import Chain, Change, Dense, Dropout, EarlyStopping, SoftmaxCrossEntropy, Tanh, fit, load_run
from pellucid.data import load_dataset
from pellucid.runs import RunFolder, folder
from pellucid.runs.unfinished import holds_run
from pellucid.train import examiner

ENGINES = ("numpy", "jax")
NET = Chain(Dense(3), Dropout(0.1), Tanh(), Dense(3))
DATA = load_dataset("iris", prepare="whiten")
EPOCHS = 2
CHANGES = (Change("learning_rate", 0.01, step=2), Change("note", "half", step=3), Change("learning_rate", 0.02, step=4))
PROGRAM = """
import os, signal, sys
from pathlib import Path
from killing import killed_at
from runs.test_kill import train
with killed_at(int(sys.argv[3]), lambda: os.kill(os.getpid(), signal.SIGKILL)):
    train(Path(sys.argv[1]), sys.argv[2])
"""


def train(path: Path, engine: str) -> None:
    """Begin, or go on with, a run whose every epoch is written, and whose folder has every file that there is."""
    run = RunFolder(path, {}, DATA.preprocessing)
    how = {"epochs": EPOCHS, "early_stopping": EarlyStopping(), "watch_every": 2, "batch_size": 40, "changes": CHANGES}
    with (
        mock.patch.object(examiner, "SHARE", 1e9),
        mock.patch.object(folder, "SECONDS_BETWEEN_WRITES", -1.0),
        mock.patch.object(folder, "SECONDS_BETWEEN_LINES", -1.0),
    ):
        fit(NET, SoftmaxCrossEntropy(), DATA, engine=engine, run=run, resume=holds_run(path), **how)


def files_of(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.iterdir()} if path.exists() else {}


def left_by_kills(path: Path, engine: str) -> list[dict[str, bytes]]:
    """Train; for each operation on files, in order, the files that a kill just before it leaves."""
    left: list[dict[str, bytes]] = []
    with killed_at(1, lambda: left.append(files_of(path))):
        train(path, engine)
    return left


def go_on_from(left: list[dict[str, bytes]], whole: dict[str, bytes], folders: Path, engine: str) -> list[bool]:
    """From each different state the run goes on to the same end; whether each held a run to go on with."""
    held = []
    for n, files in enumerate(left):
        if files in left[:n]:
            continue
        path = put_back(files, folders / f"run-{n}")
        held.append(holds_run(path))
        train(path, engine)
        assert contents(path) == whole, n
        shutil.rmtree(path)
    return held


def put_back(files: dict[str, bytes], path: Path) -> Path:
    path.mkdir()
    for name, content in files.items():
        (path / name).write_bytes(content)
    return path


def contents(path: Path) -> dict[str, bytes]:
    """All files of a run, but for what the clock says in them, and for when it was gone on with."""
    files = files_of(path)
    assert json.loads(files.pop("run.json"))["status"].endswith("all epochs done")
    records = [json.loads(line) for line in files.pop("metrics.jsonl").splitlines()]
    clock = {"seconds": 0, "memory": 0, "processor": 0}
    events = [json.loads(line) for line in files.pop("events.jsonl").splitlines()]
    happened = [{**event, "time": 0} for event in events if event["kind"] not in ("started", "resumed", "ended")]
    return {
        **files,
        "metrics": json.dumps([{**record, **clock} for record in records]).encode(),
        "events": json.dumps(happened).encode(),
    }


@pytest.fixture(autouse=True)
def no_sync(monkeypatch):
    """Writing down to the disk takes long, and matters where the power fails alone."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture(scope="module", params=ENGINES)
def engine(request):
    return request.param


@pytest.fixture(scope="module")
def left(engine, tmp_path_factory):
    return left_by_kills(tmp_path_factory.mktemp("left") / "run", engine)


@pytest.fixture(scope="module")
def whole(engine, tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "run"
    train(path, engine)
    return contents(path)


def test_two_runs_are_equal_byte_for_byte(engine, whole, tmp_path):
    train(tmp_path / "run", engine)
    assert contents(tmp_path / "run") == whole
    assert len(whole) == 9


def test_a_run_killed_at_any_operation_goes_on(engine, left, whole, tmp_path):
    """From what a kill leaves at every one of them, in the middle of writes too; what is left can be read."""
    assert len(left) > 80
    held = go_on_from(left, whole, tmp_path, engine)
    assert 40 < sum(held) < len(held)


def test_a_run_killed_as_it_goes_on_goes_on(engine, left, whole, tmp_path):
    """The first kill leaves an epoch in the history of which there is no checkpoint: going on begins by cutting it."""
    begun = put_back(left[-21], tmp_path / "begun")
    assert len(load_run(begun).history.epochs) == EPOCHS
    (begun / ".run.json.abcdefgh.part").write_text("{")
    again = left_by_kills(begun, engine)
    assert len(again) > 25
    go_on_from(again, whole, tmp_path, engine)


def kill_a_process(path: Path, engine: str, last: int) -> int:
    """The exit status of a process of its own that trains, and is killed at operation number ``last``."""
    here = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(here)])}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path), engine, str(last)], env=environment, check=False
    ).returncode


@pytest.mark.parametrize("last", [20, 60])
def test_a_true_kill(engine, whole, tmp_path, last):
    assert kill_a_process(tmp_path / "run", engine, last) == -signal.SIGKILL
    train(tmp_path / "run", engine)
    assert contents(tmp_path / "run") == whole


@pytest.mark.slow
@pytest.mark.timeout(1800)  # a process for each operation, of which each loads JAX
def test_a_true_kill_at_every_operation(engine, whole, tmp_path):
    for last in range(1, 1000):
        path = tmp_path / f"run-{last}"
        status = kill_a_process(path, engine, last)
        if status == 0:
            assert last > 80
            break
        assert status == -signal.SIGKILL
        train(path, engine)
        assert contents(path) == whole, last
