from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from pellucid import ops, spec
from pellucid.cells import GRU, LSTM, SimpleRNN
from pellucid.combinators import Chain, Concat, Recurrent, record
from pellucid.errors import ConfigError, ShapeError
from pellucid.layer import Cell, Layer
from pellucid.layers import Dense


class _Leak(Cell):
    """``s' = w s + x``, ``y = s'``: the simplest cell there is."""

    def init(self, key, x):
        return {"w": np.array([2.0])}

    def start(self, params, batch, dtype):
        return ops.namespace(params["w"]).zeros((batch, 1), dtype=dtype)

    def forward(self, params, carry, x):
        after = params["w"] * carry + x
        return after, after, {"before": carry}

    def backward(self, params, cache, dcarry, dy):
        ds = dcarry + dy
        return {"w": (ds * cache["before"]).sum(axis=0)}, params["w"] * ds, ds


@pytest.mark.parametrize("xp", [np, jnp])
@pytest.mark.parametrize(
    ("reverse", "y", "dx", "dw"),
    [
        (False, [1.0, 4.0, 11.0], [4.0, 2.0, 1.0], 6.0),  # w^2 x_1 + w x_2 + x_3 by w: 2 w x_1 + x_2
        (True, [17.0, 8.0, 3.0], [1.0, 2.0, 4.0], 14.0),  # x_1 + w x_2 + w^2 x_3 by w: x_2 + 2 w x_3
    ],
)
def test_through_time_by_hand(xp, reverse, y, dx, dw):
    """x = 1, 2, 3 and w = 2; the gradient is that of the last step's output."""
    params, x = {"w": xp.array([2.0])}, xp.array([1.0, 2.0, 3.0]).reshape(1, 3, 1)
    last = 0 if reverse else 2
    sequences, cache, _ = Recurrent(_Leak(), reverse=reverse).forward(params, {}, x)
    assert sequences.ravel().tolist() == y
    assert cache["steps"]["before"].shape == (1, 3, 1)
    dy = xp.where(xp.arange(3) == last, 1.0, 0.0).reshape(1, 3, 1)
    dparams, back = Recurrent(_Leak(), reverse=reverse).backward(params, cache, dy)
    assert back.ravel().tolist() == dx
    assert dparams["w"].item() == dw

    single = Recurrent(_Leak(), return_sequences=False, reverse=reverse)
    ends, cache, _ = single.forward(params, {}, x)
    assert ends.tolist() == [[y[last]]]
    dparams, back = single.backward(params, cache, xp.ones((1, 1)))
    assert back.ravel().tolist() == dx
    assert dparams["w"].item() == dw


def test_both_ways_is_two_side_by_side():
    """At each place, one half knows what came before, the other what comes after."""
    model = Concat(ahead=Recurrent(SimpleRNN(2)), back=Recurrent(SimpleRNN(2), reverse=True))
    rng = np.random.default_rng(0)
    x = rng.normal(size=(1, 5, 3))
    params, state = model.init(ops.key(0), x)
    changed = x.copy()
    changed[0, 2] += 1.0
    before, after = (model.forward(params, state, each)[0] for each in (x, changed))
    moved = (before != after)[0]
    assert moved[:, :2].any(axis=1).tolist() == [False, False, True, True, True]
    assert moved[:, 2:].any(axis=1).tolist() == [True, True, True, False, False]


def test_compiled_the_step_is_traced_once_however_long_the_sequence():
    layer = Recurrent(LSTM(2))
    params, _ = layer.init(ops.key(0), np.zeros((1, 1, 3), np.float32))

    def run(x):
        y, cache, _ = layer.forward(params, {}, x)
        return layer.backward(params, cache, y)

    short, long = (str(jax.make_jaxpr(run)(jnp.zeros((1, steps, 3)))).count("\n") for steps in (2, 200))
    assert short == long


def test_a_cell_is_a_leaf_with_a_short_name_and_a_description():
    model = Chain(Recurrent(LSTM(8), return_sequences=False), Dense(1))
    x = np.zeros((2, 3, 4))
    params, state = model.init(ops.key(0), x)
    assert list(record(model, params, state, x, np.ones_like)) == ["recurrent_1", "dense_1"]
    assert repr(model) == "Chain(Recurrent(LSTM(8), return_sequences=False), Dense(1))"
    assert spec.decode({"type": "recurrent", "cell": {"type": "gru", "units": 8}}, Layer) == Recurrent(GRU(8))


def test_what_does_not_fit_is_refused():
    with pytest.raises(ConfigError, match=r"cell must be a Cell; write LSTM\(...\)"):
        Recurrent(LSTM)
    with pytest.raises(ConfigError, match="cell must be a Cell, not Dense"):
        Recurrent(Dense(3))
    with pytest.raises(ConfigError, match="reverse must be a bool, not 1"):
        Recurrent(LSTM(3), reverse=1)
    layer = Recurrent(LSTM(3))
    params, _ = layer.init(ops.key(0), np.zeros((1, 2, 4)))
    for run in (lambda x: layer.init(ops.key(0), x), lambda x: layer.forward(params, {}, x)):
        with pytest.raises(ShapeError, match=r"needs x of shape \(batch, time, features\), not \(5, 4\)"):
            run(np.zeros((5, 4)))
        with pytest.raises(ShapeError, match=r"at least one time step, but x has shape \(5, 0, 4\)"):
            run(np.zeros((5, 0, 4)))
    with pytest.raises(ShapeError, match=r"LSTM\(3\) has weights for 4 features, but a step of x has 7"):
        Chain(layer).forward({"recurrent_1": params}, {"recurrent_1": {}}, np.zeros((5, 2, 7)))
