"""DenseEnsemble: members that share nothing but, in the first layer, the input."""

import numpy as np
import pytest

from pellucid import Dense, DenseEnsemble, He, ShapeError, ops

RNG = np.random.default_rng(0)
LAYER = DenseEnsemble(3, 2, weight=He())


@pytest.mark.parametrize("shape", [(5, 4), (5, 3, 4)])
def test_every_member_is_a_dense_layer(shape):
    x, dy = RNG.normal(size=shape), RNG.normal(size=(5, 3, 2))
    params, _ = LAYER.init(ops.key(0), x)
    y, cache, _ = LAYER.forward(params, {}, x)
    dparams, dx = LAYER.backward(params, cache, dy)
    back = []
    for m in range(3):
        own, inputs = {name: leaf[m] for name, leaf in params.items()}, x if x.ndim == 2 else x[:, m]
        alone, kept, _ = Dense(2).forward(own, {}, inputs)
        assert y[:, m] == pytest.approx(alone)
        gradient, dinputs = Dense(2).backward(own, kept, dy[:, m])
        assert all(dparams[name][m] == pytest.approx(gradient[name]) for name in own)
        back.append(dinputs)
    assert dx == pytest.approx(sum(back) if x.ndim == 2 else np.stack(back, axis=1))


def test_first_weights_differ_and_are_as_large_as_those_of_dense():
    params, _ = DenseEnsemble(4, 50, weight=He()).init(ops.key(0), np.zeros((1, 100)))
    assert params["W"].std(axis=(1, 2)) == pytest.approx(np.sqrt(2 / 100), rel=0.1)
    assert not np.allclose(params["W"][0], params["W"][1])


@pytest.mark.parametrize("shape", [(5,), (5, 2, 4), (5, 3, 4, 1)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ShapeError, match="DenseEnsemble"):
        LAYER.init(ops.key(0), np.zeros(shape))
    params, _ = LAYER.init(ops.key(0), np.zeros((1, 7)))
    with pytest.raises(ShapeError, match="7"):
        LAYER.forward(params, {}, np.zeros((5, 4)))
