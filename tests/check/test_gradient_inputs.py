"""What the gradient check is given, draws and refuses."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from check.example import LOSS, data, row
from check.sabotaged import (
    CallsNumPy,
    OneEntryWrong,
)
from pellucid import ops
from pellucid.check import check_gradients
from pellucid.combinators import Chain, Residual
from pellucid.errors import CheckError, ConfigError, DataError, ShapeError, UnknownNameError
from pellucid.layer import Layer
from pellucid.layers import Dense, Identity, ReLU, Tanh
from pellucid.losses import HalfSquaredError, SoftmaxCrossEntropy


def test_float32_arrays_of_either_engine_are_checked_in_float64():
    import jax.numpy as jnp

    x, y = data()
    model = Chain(Dense(6), ReLU(), Dense(3))
    params, state = model.init(ops.key(0), x.astype(np.float32))
    report = check_gradients(
        model, LOSS, jnp.asarray(x, "float32"), y.astype(np.float32), params=params, state=state, seed=3
    )
    assert report.ok
    assert row(report, "dense_1/W").automatic.relative < 1e-12


def test_labels_are_targets_and_a_classifier_is_right():
    x, _ = data()
    model = Chain(Residual(Dense(4), Tanh()), Dense(3))
    assert check_gradients(model, SoftmaxCrossEntropy(), x, np.array([0, 2, 1, 1, 0])).ok


def test_whole_number_inputs_are_skipped_and_trees_of_inputs_are_walked():
    class Lookup(Layer):
        """``y = table[i] + x``."""

        def init(self, key, x):
            return {"table": ops.normal(key, (4, 3), np.float64)}, {}

        def forward(self, params, state, x, key=None, train=False):
            return params["table"][x[0]] + x[1], {"i": x[0]}, state

        def backward(self, params, cache, dy):
            rows = cache["i"][:, None] == np.arange(4)
            return {"table": rows.T.astype(dy.dtype) @ dy}, (None, dy)

    x, y = data(inputs=3)
    report = check_gradients(Lookup(), LOSS, (np.array([0, 1, 3, 3, 0]), x), y)
    assert report.ok
    assert [leaf.path for leaf in report.leaves] == ["table", "x/0", "x/1"]
    assert row(report, "x/0").verdict == "skipped"
    assert "whole numbers have no gradient" in str(report)


def test_a_random_layer_draws_the_same_numbers_throughout():
    class Noise(Layer):
        """``y = x * noise`` in training."""

        def is_random(self):
            return True

        def forward(self, params, state, x, key=None, train=False):
            noise = ops.normal(key, x.shape, x.dtype) if train else ops.namespace(x).ones_like(x)
            return x * noise, {"noise": noise}, state

        def backward(self, params, cache, dy):
            return {}, dy * cache["noise"]

    x, y = data()
    model = Chain(Dense(3), Noise())
    training, using = (check_gradients(model, LOSS, x, y, train=train) for train in (True, False))
    assert training.ok
    assert using.ok
    assert training.loss != using.loss
    assert training == check_gradients(model, LOSS, x, y, train=True)


def test_the_table_fits_and_says_what_the_numbers_mean():
    x, y = data()
    model = Chain(the_encoder=Chain(a_layer_of_long_name=Dense(4), relu=ReLU()), decoder=OneEntryWrong(3))
    text = str(check_gradients(model, LOSS, x, y))
    assert max(map(len, text.splitlines())) < 80
    assert "\nthe_encoder/a_layer_of_long_name/W\n" in text
    assert "below 1e-7 backward is right" in text.replace("\n", " ").lower()
    assert "\nWrong: decoder/W, all at once.\n" in text


def test_progress_counts_the_leaves():
    x, y = data()
    seen = []
    check_gradients(Dense(3), LOSS, x, y, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_what_cannot_be_checked_is_said():
    x, y = data()
    with pytest.raises(UnknownNameError, match="did you mean sample"):
        check_gradients(Dense(3), LOSS, x, y, weights="samples")
    with pytest.raises(ConfigError, match="step"):
        check_gradients(Dense(3), LOSS, x, y, step=0.0)
    with pytest.raises(ConfigError, match="samples"):
        check_gradients(Dense(3), LOSS, x, y, samples=0)
    with pytest.raises(CheckError, match="5 and 4"):
        check_gradients(Dense(3), LOSS, x, y[:4])
    with pytest.raises(DataError, match="x is empty"):
        check_gradients(Dense(3), LOSS, x[:0], y[:0])
    with pytest.raises(DataError, match="an axis of examples"):
        check_gradients(Dense(3), LOSS, x[0], np.ones(1))
    with pytest.raises(CheckError, match="one example is"):
        check_gradients(Dense(3), LOSS, x, np.float64(1.0))
    with pytest.raises(CheckError, match="sample_weight"):
        check_gradients(Dense(3), LOSS, x, y, sample_weight=[1.0, 2.0])
    with pytest.raises(ConfigError, match=r"model must be a Layer; write Dense\(...\)"):
        check_gradients(Dense, LOSS, x, y)
    with pytest.raises(ConfigError, match="loss must be a Loss; write HalfSquaredError"):
        check_gradients(Dense(3), HalfSquaredError, x, y)
    with pytest.raises(ShapeError, match="targets of shape"):
        check_gradients(Dense(3), LOSS, x, y[:, :2])
    with pytest.raises(DataError, match="has the target 7"):
        check_gradients(Dense(3), SoftmaxCrossEntropy(), x, np.array([0, 1, 7, 1, 2]))
    with pytest.raises(CheckError, match="whole numbers"):
        check_gradients(Identity(), LOSS, np.eye(3, dtype=int), np.eye(3))
    with pytest.raises(CheckError, match="loss is nan"):
        check_gradients(Dense(3), LOSS, x, y * np.nan)


@pytest.mark.parametrize("seed", [-1, np.int64(-7), 2**64 + 5])
@pytest.mark.parametrize("weights", ["sample", "directions"])
def test_every_whole_number_is_a_seed(seed, weights):
    x, y = data()
    report = check_gradients(
        Chain(Dense(3), ReLU()),
        LOSS,
        np.vstack([x, x[:1] * 0]),
        np.vstack([y, y[:1]]),
        seed=seed,
        weights=weights,
        samples=2,
    )
    assert report.ok
    assert report.seed == seed


@pytest.mark.parametrize("seed", ["x", 1.5, None, True])
def test_nothing_else_is(seed):
    with pytest.raises(ConfigError, match="seed must be a whole number"):
        check_gradients(Dense(3), LOSS, *data(), seed=seed)


def test_a_layer_that_calls_numpy_is_told_what_to_call():
    with pytest.raises(CheckError, match=r"use xp = ops.namespace\(x\).*instead of numpy.*in calls_num"):
        check_gradients(Chain(Dense(3), CallsNumPy()), LOSS, *data())


def test_nothing_warns_and_nothing_is_changed():
    x, y = data()
    params, _ = Dense(3).init(ops.key(0), x)
    before = {name: leaf.copy() for name, leaf in params.items()}, x.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_gradients(Dense(3), LOSS, x, y, params=params)
    assert all((params[name] == before[0][name]).all() for name in params)
    assert (x == before[1]).all()
