"""Axes of length 1 under strides, where XLA's compiler aborts the process: gone round, and right (ADR 16)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pellucid import Conv2D, ConvTranspose2D, ops
from pellucid.layers.convolution.correlation import correlation
from pellucid.layers.convolution.correlation.jax_library import Library

PROGRAM = """
import jax, numpy as np, sys
from layers.convolution.test_thin_axes import drawn_layers, gradients
for layer, x in drawn_layers(int(sys.argv[1]), int(sys.argv[2])):
    print(layer, x.shape, flush=True)
    for there, here in zip(gradients(layer, x), jax.jit(gradients, static_argnums=0)(layer, jax.numpy.asarray(x))):
        np.testing.assert_allclose(np.asarray(here), there, rtol=1e-4, atol=1e-5)
"""
ABORTED = (
    (Conv2D(8, (2, 3), stride=2, padding=((1, 1), (1, 1))), (64, 6, 1, 8)),
    (ConvTranspose2D(8, (2, 3), stride=2, padding=((1, 1), (1, 1))), (64, 4, 1, 2)),
)


def gradients(layer, x):
    """Outputs, dx and dW for weights of ones."""
    params, state = layer.init(ops.key(0), np.zeros(x.shape, np.float32))
    params = {name: ops.namespace(x).asarray(leaf) for name, leaf in params.items()}
    y, cache, _ = layer.forward(params, state, x)
    dparams, dx = layer.backward(params, cache, y)
    return y, dx, dparams["W"]


def drawn_layers(seed, count):
    """The two that aborted, and others with short axes, their numbers drawn at random."""
    rng = np.random.default_rng(seed)
    cases = list(ABORTED)
    while len(cases) < count:
        shape = (2, *(int(rng.integers(1, 4)) for _ in range(2)), int(rng.choice([2, 8])))
        kernel, stride = (tuple(int(rng.integers(1, 4)) for _ in range(2)) for _ in range(2))
        padding = tuple(tuple(int(rng.integers(0, 3)) for _ in range(2)) for _ in range(2))
        layer = (Conv2D, ConvTranspose2D)[len(cases) % 2](8, kernel, stride, padding)
        try:
            layer.init(ops.key(0), np.zeros(shape, np.float32))
        except ValueError:
            continue
        cases.append((layer, shape))
    return [(layer, rng.normal(size=shape).astype(np.float32)) for layer, shape in cases]


def train_in_a_process(seed, count):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(Path(__file__).parents[2])])}
    command = [sys.executable, "-c", PROGRAM, str(seed), str(count)]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, (ended.stdout.splitlines()[-1:], ended.stderr[-2000:])


def test_no_process_is_aborted():
    train_in_a_process(0, 12)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 6))
def test_no_process_is_aborted_by_any_of_many(seed):
    train_in_a_process(seed, 100)


@pytest.mark.parametrize("groups", [1, 2])
def test_only_thin_ones_leave_the_library(monkeypatch, groups):
    monkeypatch.setattr(ops, "on_accelerator", lambda array: True)
    W = np.zeros((2, 3, 8 // groups, 8), np.float32)
    for width, stride, library in ((1, 2, False), (5, 2, True), (1, 1, True)):
        layer = Conv2D(8, (2, 3), stride=stride, padding=((1, 1), (1, 1)), groups=groups)
        chosen = correlation(layer._windows(np.zeros((2, 6, width, 8), np.float32)), groups, W)
        assert isinstance(chosen, Library) == library
