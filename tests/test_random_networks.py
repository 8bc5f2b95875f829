"""Random valid specifications, all layers, up to six deep: each trains a step, or is refused in one line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from pellucid import PellucidError, fit
from random_networks import draw_problem

PROGRAM = """
import sys
from test_random_networks import train_a_step
for seed in range(int(sys.argv[1]), int(sys.argv[2])):
    print(seed, flush=True)
    train_a_step(seed, "jax")
"""


def train_a_step(seed: int, engine: str) -> str:
    """What became of the problem with this seed: "trained", or the name of the error that refuses it."""
    problem = draw_problem(np.random.default_rng(seed))
    try:
        fit(**problem, epochs=1, engine=engine, seed=seed)
        return "trained"
    except PellucidError as error:
        refusal = error
    assert len(str(refusal).splitlines()) == 1, seed
    return type(refusal).__name__


def train_in_a_process(start: int, stop: int) -> None:
    """Train on the compiled engine in a process of its own, so that one that is aborted is seen."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(Path(__file__).parent)])}
    command = [sys.executable, "-W", "error", "-c", PROGRAM, str(start), str(stop)]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, (ended.stdout.split()[-1:], ended.stderr[-2000:])


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_a_step_or_one_line(start):
    ends = Counter(train_a_step(seed, "numpy") for seed in range(start, start + 50))
    assert ends["trained"] >= 25
    assert ends["trained"] < 50


def test_a_step_or_one_line_compiled():
    train_in_a_process(0, 8)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(200, 2000, 100))
def test_two_thousand(start):
    assert Counter(train_a_step(seed, "numpy") for seed in range(start, start + 100))["trained"] >= 50


@pytest.mark.slow
@pytest.mark.parametrize("start", range(8, 208, 20))
def test_two_hundred_compiled(start):
    train_in_a_process(start, start + 20)
