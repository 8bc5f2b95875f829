import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import stats

from pellucid import ops, spec
from pellucid.combinators import Chain, WeightNoise, record
from pellucid.errors import ConfigError
from pellucid.layer import Layer
from pellucid.layers import Dense, Tanh
from pellucid.losses import MeanSquaredError
from pellucid.runs import fit

X = np.random.default_rng(0).normal(size=(20, 4))
LAYERS = (Dense(50), Tanh(), Dense(3))


def test_training_goes_through_other_weights_and_use_through_the_trained_ones():
    noisy, plain = WeightNoise(*LAYERS, deviation=0.2), Chain(*LAYERS)
    params, state = noisy.init(ops.key(0), X)
    np.testing.assert_array_equal(noisy.forward(params, state, X)[0], plain.forward(params, state, X)[0])
    y, cache, _ = noisy.forward(params, state, X, ops.key(1), True)
    shifted = {
        name: {leaf: params[name][leaf] + cache["noise"][name][leaf] for leaf in params[name]} for name in params
    }
    wanted, kept, _ = plain.forward(shifted, state, X, None, True)
    np.testing.assert_array_equal(y, wanted)
    for given, other in zip(noisy.backward(params, cache, y), plain.backward(shifted, kept, y), strict=True):
        jax.tree.map(np.testing.assert_array_equal, given, other)


def test_noise_is_normal_other_for_each_array_and_the_same_on_both_engines():
    noisy = WeightNoise(*LAYERS, deviation=0.2)
    params, state = noisy.init(ops.key(0), X.astype(np.float32))
    noise = noisy.forward(params, state, X.astype(np.float32), ops.key(1), True)[1]["noise"]
    drawn = np.concatenate([leaf.ravel() for leaf in jax.tree.leaves(noise)])
    assert drawn.dtype == np.float32
    assert stats.kstest(drawn / 0.2, "norm").pvalue > 0.001
    assert abs(np.corrcoef(noise["dense_1"]["W"][0], noise["dense_1"]["b"])[0, 1]) < 0.5
    on_jax = noisy.forward(*jax.tree.map(jnp.asarray, (params, state, X.astype(np.float32), ops.key(1))), True)[1]
    jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-5), on_jax["noise"], noise)


def test_it_trains_alike_on_both_engines_and_is_seen_layer_by_layer():
    model, y = WeightNoise(*LAYERS, deviation=0.05), X[:, :3] ** 2
    first, second = (fit(model, MeanSquaredError(), (X, y), epochs=3, engine=engine) for engine in ("numpy", "jax"))
    for one, other in zip(jax.tree.leaves(first.params), jax.tree.leaves(second.params), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)
    assert list(record(model, first.params, first.state, X)) == ["dense_1", "tanh_1", "dense_2"]


def test_it_says_what_it_is():
    named = WeightNoise(first=Dense(2), deviation=0.1)
    assert repr(named) == "WeightNoise(first=Dense(2), deviation=0.1)"
    assert repr(WeightNoise(deviation=0.1)) == "WeightNoise(deviation=0.1)"
    assert spec.decode(spec.encode(named), Layer) == named != WeightNoise(first=Dense(2), deviation=0.2)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ConfigError, match="WeightNoise: deviation must be a number of at least 0, not -1"):
        WeightNoise(Dense(2), deviation=-1)
    with pytest.raises(ConfigError, match="WeightNoise: deviation must be a number of at least 0, not None"):
        spec.decode({"type": "WeightNoise", "layers": []}, Layer)
    with pytest.raises(ConfigError, match="cannot name a layer 'noise'"):
        WeightNoise(noise=Dense(2), deviation=0.1)
    model = WeightNoise(Dense(2), deviation=0.1)
    params, state = model.init(ops.key(0), X)
    with pytest.raises(ConfigError, match="forward needs a key"):
        model.forward(params, state, X, None, True)
