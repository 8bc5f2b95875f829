"""Two trainings into one folder: the second is refused, and leaves what the first has written as it is."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading

import numpy as np
import pytest

from pellucid import ConfigError, Dense, EpochDone, MeanSquaredError, Started, fit
from pellucid.runs import lock
from pellucid.runs.lock import FolderLock

DATA = np.ones((8, 2), np.float32), np.ones((8, 1), np.float32)


def train(path, **how):
    return fit(Dense(1), MeanSquaredError(), DATA, engine="numpy", run=path, **{"epochs": 2, **how})


@pytest.mark.parametrize("resume", [False, True])
def test_the_second_training_is_refused(tmp_path, resume):
    refused = []

    def second(event):
        if isinstance(event, EpochDone):
            before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
            with pytest.raises(ConfigError, match=r"another training is writing to .*choose another folder"):
                train(tmp_path, resume=resume)
            assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
            refused.append(event.epoch)

    train(tmp_path, listeners=[second])
    assert refused == [1, 2]
    assert train(tmp_path, epochs=4, resume=True).stopped == "all epochs done"


def test_of_many_that_begin_at_once_one_trains(tmp_path):
    ends = []

    def attempt():
        try:
            ends.append(train(tmp_path, epochs=200).stopped)
        except ConfigError as error:
            ends.append(str(error))

    threads = [threading.Thread(target=attempt) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends.count("all epochs done") == 1
    assert sum("another training" in end or "holds a run" in end for end in ends) == 3


def test_the_lock_ends_with_its_process(tmp_path):
    program = "import sys; from pathlib import Path; from pellucid.runs.lock import FolderLock\n"
    program += "lock = FolderLock(Path(sys.argv[1])); print('locked', flush=True); sys.stdin.read()"
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == b"locked\n"
    with pytest.raises(ConfigError, match="another training"):
        FolderLock(tmp_path)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    FolderLock(tmp_path).release()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [None, 37, 22])
def test_a_folder_goes_without_a_lock_where_there_is_none(tmp_path, monkeypatch, number):
    def no_lock(descriptor):
        raise OSError(number or next(iter(lock.UNSUPPORTED)), "No locks available")

    monkeypatch.setattr(lock, "_lock", no_lock)
    assert train(tmp_path).stopped == "all epochs done"


def test_a_training_that_cannot_begin_leaves_no_lock(tmp_path):
    def unwilling(event):
        if isinstance(event, Started):
            raise KeyboardInterrupt

    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            train(tmp_path, listeners=[unwilling], resume=(tmp_path / "run.json").exists())
    FolderLock(tmp_path).release()
