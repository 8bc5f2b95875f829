"""A recurrent layer that goes on where the batch before ended."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import ops
from pellucid.cells import GRU, LSTM
from pellucid.combinators import Chain, Recurrent
from pellucid.data import split_into_streams
from pellucid.errors import ConfigError, ShapeError
from pellucid.layers import Dense
from pellucid.losses import MeanSquaredError
from pellucid.runs import fit


@pytest.mark.parametrize("cell", [LSTM(3), GRU(3)], ids=repr)
def test_pieces_one_after_another_are_the_whole(cell):
    """And the gradient of each piece is that of its own outputs, with the carry before it held fast."""
    x = np.random.default_rng(0).standard_normal((2, 6, 4))
    layer, whole = Recurrent(cell, streams=2), Recurrent(cell)
    params, state = layer.init(ops.key(0), x)
    wanted, _, _ = whole.forward(params, {}, x)
    first, _, state = layer.forward(params, state, x[:, :2], train=True)
    second, _, state = layer.forward(params, state, x[:, 2:], train=True)
    np.testing.assert_allclose(np.concatenate([first, second], axis=1), wanted)
    again, _, after = layer.forward(params, state, x)
    np.testing.assert_allclose(again, wanted)  # in use a sequence starts anew
    assert after is state


@pytest.mark.parametrize("engine", ["numpy", "jax"])
def test_what_was_seen_batches_ago_is_remembered(engine):
    """y_t is the sign that stood at the start of the stream, eight pieces of three steps ago."""
    signs = np.where(np.random.default_rng(0).random(40) < 0.5, -1.0, 1.0)
    series = np.zeros((40, 25, 2), np.float32)
    series[:, 0, 0] = signs
    series[:, 0, 1] = 1.0
    x, _ = split_into_streams(series.reshape(-1, 2), 40, 3)
    y = np.broadcast_to(signs[:, None, None], (40, 3, 1))
    model = Chain(Recurrent(LSTM(8), streams=40), Dense(1))
    trained = fit(
        model, MeanSquaredError(), (x, np.tile(y, (8, 1, 1))), epochs=40, batch_size=40, shuffle=False, engine=engine
    )
    assert trained.history.epochs[-1]["train"]["loss"] < 0.1  # without memory beyond three steps it is at least 0.87


def test_what_does_not_fit_is_refused():
    with pytest.raises(ConfigError, match="a carry goes ahead in time: leave out streams, or reverse"):
        Recurrent(LSTM(2), reverse=True, streams=3)
    layer = Recurrent(LSTM(2), streams=3)
    params, state = layer.init(ops.key(0), np.zeros((3, 2, 4)))
    with pytest.raises(ShapeError, match=r"goes on with 3 streams, but the batch has 2 examples: .* batch_size=3"):
        layer.forward(params, state, np.zeros((2, 2, 4)), train=True)


def test_shuffled_streams_are_refused_before_training():
    model, data = Chain(Recurrent(LSTM(2), streams=4), Dense(1)), (np.zeros((8, 3, 1)), np.zeros((8, 3, 1)))
    with pytest.raises(ConfigError, match="streams goes on from batch to batch: pass shuffle=False"):
        fit(model, MeanSquaredError(), data, batch_size=4, epochs=1)


def test_batches_that_do_not_fit_are_refused_before_training(tmp_path):
    model, data = Chain(Recurrent(LSTM(2), streams=4), Dense(1)), (np.zeros((10, 3, 1)), np.zeros((10, 3, 1)))
    with pytest.raises(ShapeError, match="goes on with 4 streams, but the batch has 2 examples"):
        fit(model, MeanSquaredError(), data, batch_size=4, epochs=1, shuffle=False, run=tmp_path / "run")
    assert not (tmp_path / "run").exists()
