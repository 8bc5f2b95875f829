"""``fit`` wherever a program may call it: in threads, in a running event loop, after a fork, on a full disk."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from pellucid import Adam, Chain, Dense, MeanSquaredError, Tanh, fit
from pellucid.runs import folder
from pellucid.trees import flatten

ENGINES = ("numpy", "jax")
NET = Chain(Dense(4), Tanh(), Dense(1))
X = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)
Y = X[:, :1] * X[:, 1:2]


def train(seed=0, engine="numpy", **how):
    options = {"epochs": 5, "optimizer": Adam(0.01), **how}
    return fit(NET, MeanSquaredError(), (X, Y), seed=seed, engine=engine, **options)


def same(one, other):
    there, here = flatten(one.params), flatten(other.params)
    return all((here[path] == leaf).all() for path, leaf in there.items())


@pytest.mark.parametrize("engine", ENGINES)
def test_two_threads_train_as_one_after_the_other(engine):
    results = {}

    def run(seed):
        results[seed] = train(seed, engine)

    threads = [threading.Thread(target=run, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(same(results[seed], train(seed, engine)) for seed in range(4))


@pytest.mark.parametrize("engine", ENGINES)
def test_in_a_running_event_loop(engine):
    """As in a notebook, whose cells run in one; and in its pool of threads."""

    async def cell():
        return train(engine=engine), *await asyncio.gather(*(asyncio.to_thread(train, 0, engine) for _ in range(2)))

    here = train(engine=engine)
    assert all(same(trained, here) for trained in asyncio.run(cell()))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_after_a_fork(tmp_path):
    """In a process of its own: one that has JAX in it should not be forked, as JAX says itself."""
    program = """
import os, sys
from pathlib import Path
from runs.test_surroundings import same, train
here, process = train(), os.fork()
if process == 0:
    os._exit(0 if same(train(run=Path(sys.argv[1])), here) else 1)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
"""
    here = str(Path(__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, here])}
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], env=environment, check=True)
    assert same(train(run=tmp_path, resume=True, epochs=6), train(epochs=6))


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on files' sizes")
@pytest.mark.parametrize("limit", [10, 300, 900, 1500, 2500])
def test_a_disk_that_gets_full_loses_nothing_that_was_written(tmp_path, monkeypatch, limit):
    """Files may grow to ``limit`` bytes: what had been written before can be gone on with once there is room."""
    monkeypatch.setattr(folder, "SECONDS_BETWEEN_WRITES", -1.0)
    before, ignored = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    path = tmp_path / "run"
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
        with pytest.raises(OSError, match="File too large") as caught:
            train(run=path, epochs=30)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert Path(caught.value.filename).parent == path
    assert not list(path.glob(".*"))
    resume = (path / "checkpoint.safetensors").exists()
    assert resume or limit < 2000
    whole = train(run=tmp_path / "whole", epochs=30)
    assert same(train(run=path, epochs=30, resume=resume), whole)
    for name in ("steps.csv", "checkpoint.safetensors"):
        assert (path / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert len((path / "metrics.jsonl").read_text().splitlines()) == 30
