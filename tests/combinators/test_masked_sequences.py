"""A padded batch must give what each of its sequences gives alone."""

from __future__ import annotations

import jax
import numpy as np
import pytest

from pellucid import ops
from pellucid.cells import GRU, LSTM, SimpleRNN
from pellucid.combinators import Chain, Recurrent, Residual, TimeDistributed
from pellucid.errors import ConfigError, DataError, ShapeError
from pellucid.layers import (
    Conv1D,
    Dense,
    Dropout,
    Embedding,
    Flatten,
    GlobalAveragePool1D,
    Mask,
    MultiHeadAttention,
    ReLU,
)
from pellucid.losses import MeanSquaredError, SequenceLoss, SoftmaxCrossEntropy
from pellucid.masked import Masked
from pellucid.runs import fit

LENGTHS = (3, 1, 5)


@pytest.fixture
def padded():
    """Three sequences of normal numbers, filled up to five steps with numbers that must not matter."""
    rng = np.random.default_rng(0)
    mask = (np.arange(5) < np.array(LENGTHS)[:, None]).astype(np.float64)
    return Masked(rng.standard_normal((3, 5, 2)), mask)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("cell", [SimpleRNN(4), LSTM(4), GRU(4), GRU(4, reset="after")], ids=repr)
def test_padding_changes_nothing(cell, reverse, padded):
    rng = np.random.default_rng(1)
    sequences = Recurrent(cell, reverse=reverse)
    params, _ = sequences.init(ops.key(0), padded)
    y, cache, _ = sequences.forward(params, {}, padded)
    dy = rng.standard_normal(y.values.shape)
    dparams, dx = sequences.backward(params, cache, Masked(dy, np.zeros_like(padded.mask)))
    last = Recurrent(cell, return_sequences=False, reverse=reverse)
    ends, cache, _ = last.forward(params, {}, padded)
    dend = rng.standard_normal(ends.shape)
    dparams_end, dx_end = last.backward(params, cache, dend)
    total = dict.fromkeys(params, 0.0)
    total_end = dict(total)
    for i, length in enumerate(LENGTHS):
        x = padded.values[i : i + 1, :length]
        alone, cache, _ = sequences.forward(params, {}, x)
        np.testing.assert_allclose(y.values[i : i + 1, :length], alone, atol=1e-14)
        assert (y.values[i, length:] == 0).all()
        some, back = sequences.backward(params, cache, dy[i : i + 1, :length])
        np.testing.assert_allclose(dx.values[i : i + 1, :length], back, atol=1e-14)
        assert (dx.values[i, length:] == 0).all()
        end, cache, _ = last.forward(params, {}, x)
        np.testing.assert_allclose(ends[i : i + 1], end, atol=1e-14)
        some_end, back = last.backward(params, cache, dend[i : i + 1])
        np.testing.assert_allclose(dx_end.values[i : i + 1, :length], back, atol=1e-14)
        for name in params:
            total[name] = total[name] + some[name]
            total_end[name] = total_end[name] + some_end[name]
    for name in params:
        np.testing.assert_allclose(dparams[name], total[name], atol=1e-13)
        np.testing.assert_allclose(dparams_end[name], total_end[name], atol=1e-13)


def test_padding_is_found_by_its_value():
    x = np.array([[[1.0, 0.0], [0.0, 0.0]], [[0.0, 2.0], [3.0, 0.0]]])
    y, cache, _ = Mask().forward({}, {}, x)
    assert y.mask.tolist() == [[1.0, 0.0], [1.0, 1.0]]
    _, dx = Mask().backward({}, cache, Masked(np.ones_like(x), np.zeros((2, 2))))
    assert dx.tolist() == [[[1.0, 1.0], [0.0, 0.0]], [[1.0, 1.0], [1.0, 1.0]]]
    words, _, _ = Embedding(3, 2, padding=0).forward({"W": np.eye(3)[:, :2]}, {}, np.array([[1, 2, 0]]))
    assert words.mask.tolist() == [[1.0, 1.0, 0.0]]


def test_a_loss_over_the_steps_that_are_there():
    """Errors 1, 2 and, hidden, 100: the mean is that of 1 and 4."""
    y = Masked(np.array([[[1.0], [2.0], [100.0]]]), np.array([[1.0, 1.0, 0.0]]))
    loss, target = SequenceLoss(MeanSquaredError()), np.zeros((1, 3, 1))
    assert loss.value(y, target).tolist() == [2.5]
    assert loss.gradient(y, target).values.ravel().tolist() == [1.0, 2.0, 0.0]
    plain = np.random.default_rng(0).standard_normal((2, 3, 4))
    labels = np.array([[0, 1, 2], [3, 3, 0]])
    whole, steps = SoftmaxCrossEntropy(), SequenceLoss(SoftmaxCrossEntropy())
    np.testing.assert_allclose(steps.value(plain, labels), whole.value(plain, labels))
    np.testing.assert_allclose(steps.gradient(plain, labels), whole.gradient(plain, labels))


def test_time_distributed_is_the_layer_at_each_step():
    layer = TimeDistributed(Conv1D(2, 2))
    x = np.random.default_rng(0).standard_normal((3, 4, 5, 2))
    params, state = layer.init(ops.key(0), x)
    y, _, _ = layer.forward(params, state, x)
    for t in range(4):
        alone, _, _ = Conv1D(2, 2).forward(params["conv1d_1"], {}, x[:, t])
        np.testing.assert_allclose(y[:, t], alone)


def test_a_network_for_sequences_of_different_lengths_learns():
    """Which number came first, and which last: the padding would spoil it."""
    rng = np.random.default_rng(0)
    lengths = rng.integers(1, 7, 400)
    x = rng.integers(1, 4, (400, 6)) * (np.arange(6) < lengths[:, None])
    last = x[np.arange(400), lengths - 1]
    y = (x[:, 0] == last).astype(int)
    model = Chain(Embedding(4, 4, padding=0), Recurrent(GRU(12), return_sequences=False), Dense(2))
    trained = fit(model, SoftmaxCrossEntropy(), (x, y), epochs=60, batch_size=20, engine="jax")
    assert trained.evaluate(x, y)["accuracy"] > 0.95


@pytest.mark.parametrize("engine", ["numpy", "jax"])
def test_a_mask_that_hides_everything_is_refused(engine):
    x = np.array([[1, 2, 0], [0, 0, 0]])
    model = Chain(Embedding(3, 2, padding=0), Recurrent(LSTM(2), return_sequences=False), Dense(2))
    with pytest.raises(
        DataError, match="the mask hides every step of example 1 of the batch: leave empty sequences out"
    ) as caught:
        fit(model, SoftmaxCrossEntropy(), (x, np.array([0, 1])), epochs=1, engine=engine, seed=2, shuffle=False)
    assert "in recurrent_1: " in caught.value.__notes__[-1]


def test_what_does_not_fit_is_refused():
    with pytest.raises(ShapeError, match=r"needs x of shape \(batch, time, ...\), not \(3, 4\)"):
        TimeDistributed(Dense(2)).init(ops.key(0), np.zeros((3, 4)))
    with pytest.raises(ShapeError, match=r"Mask\(\) needs x of shape \(batch, time, features\), not \(3, 4\)"):
        Mask().forward({}, {}, np.zeros((3, 4)))
    with pytest.raises(ConfigError, match="padding must be one of the 3 numbers of the vocabulary"):
        Embedding(3, 2, padding=3)
    with pytest.raises(ShapeError, match=r"hides padding in x of shape \(batch, time\), not \(2,\)"):
        Embedding(3, 2, padding=0).forward({"W": np.zeros((3, 2))}, {}, np.array([1, 2]))
    with pytest.raises(ShapeError, match=r"outputs of shape \(2, 3, 4\) with targets of shape \(2, 4\)"):
        SequenceLoss(SoftmaxCrossEntropy()).value(np.zeros((2, 3, 4)), np.zeros((2, 4), int))


@pytest.mark.parametrize("layer", [Dense(2), Dropout(0.5), ReLU(), Flatten(), Residual(Dense(2))], ids=repr)
def test_a_layer_that_knows_no_masks_says_so(layer):
    with pytest.raises(ShapeError, match="takes one array, not a masked sequence: TimeDistributed applies layers"):
        Chain(Embedding(4, 2, padding=0), layer).init(ops.key(0), np.ones((2, 3)))


def test_a_loss_that_knows_no_masks_says_so():
    model, y = Chain(Embedding(4, 2, padding=0)), np.ones((2, 3), dtype=int)
    with pytest.raises(ShapeError, match=r"SoftmaxCrossEntropy\(\) takes one array, not a masked.*SequenceLoss"):
        fit(model, SoftmaxCrossEntropy(), (np.ones((2, 3)), y), epochs=1)


@pytest.mark.parametrize("engine", ["numpy", "jax"])
@pytest.mark.parametrize(
    "layer",
    [Recurrent(GRU(2)), Recurrent(GRU(2), return_sequences=False), Chain(MultiHeadAttention(1), GlobalAveragePool1D())],
    ids=repr,
)
def test_a_mask_that_hides_everything_is_refused_on_both_engines(layer, engine):
    """In training, in use and for validation: compiled code makes NaN of it, and NaN is looked into."""
    x = np.array([[1, 2, 0], [3, 0, 0], [1, 1, 1], [2, 1, 0]])
    empty = np.where(np.arange(4)[:, None] == 1, 0, x)
    masked = getattr(layer, "return_sequences", False)
    y = np.ones(x.shape if masked else 4, dtype=int)
    loss = SequenceLoss(SoftmaxCrossEntropy()) if masked else SoftmaxCrossEntropy()
    model = Chain(Embedding(4, 2, padding=0), layer)
    said = "hides every step of example 1"
    with pytest.raises(DataError, match=said):
        fit(model, loss, (empty, y), epochs=1, shuffle=False, engine=engine)
    with pytest.raises(DataError, match=said):
        fit(model, loss, (x, y), validation=(empty, y), epochs=1, engine=engine)
    trained = fit(model, loss, (x, y), epochs=1, engine=engine)
    with pytest.raises(DataError, match=said):
        trained.predict(empty)


def test_the_loss_alone_refuses_a_mask_that_hides_everything():
    """Compiled it gives NaN: 0 / 0 would be simplified to 0."""
    y = Masked(np.ones((2, 3, 2)), np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 0.0]]))
    value = jax.jit(SequenceLoss(MeanSquaredError()).value)(y, np.zeros((2, 3, 2)))
    assert np.isnan(value).tolist() == [False, True]
