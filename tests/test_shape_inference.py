"""What comes out of a layer, found without data; layers that break the contract are named."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest

from pellucid import BatchNorm, Chain, ConfigError, Dense, Layer, ShapeError, ops, validate
from pellucid.shape_inference import first_weights, infer_output

X = np.ones((5, 4), np.float32)


class Answers(Layer):
    """Gives what it was told to."""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(init=False, **kwargs)

    def backward(self, params, cache, dy):
        return {}, dy


def answering(*, init=({}, {}), forward=None):
    class Made(Answers):
        def init(self, key, x):
            return init

        def forward(self, params, state, x, key=None, train=False):
            return forward(params, x) if callable(forward) else forward

    return Made()


@pytest.mark.parametrize("xp", [np, jnp], ids=["numpy", "jax"])
def test_one_example_of_zeros_shows_shape_and_dtype(xp):
    network = Chain(Dense(3), BatchNorm(), Dense(2))
    params, state = first_weights(network, xp.asarray(ops.key(0)), X)
    y = infer_output(network, params, state, X)
    assert (y.shape, y.dtype, type(y)) == ((1, 2), np.float32, type(xp.zeros(1)))


def test_inside_values_are_made_up():
    seen = []
    layer = answering(forward=lambda params, x: (seen.append(validate.values_are_real()), None, {}))
    infer_output(layer, {}, {}, X)
    assert seen == [False]


def test_weights_are_of_the_dtype_of_x():
    params, _ = first_weights(Dense(3), ops.key(0), X)
    assert {leaf.dtype for leaf in params.values()} == {np.dtype(np.float32)}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (None, "init must return .* not None"),
        ({}, "not one dict"),
        (({}, {}, {}), r"not \(dict, dict, dict\)"),
        (({}, None), r"not \(dict, NoneType\)"),
        (({"W": 3.0}, {}), r"init gives 3\.0 as params/W: make it an array"),
        (({}, {"mean": [0.0]}), r"init gives 0\.0 as state/mean/0: make it an array"),
    ],
)
def test_an_init_that_breaks_the_contract_is_told(given, why):
    with pytest.raises(ConfigError, match=why):
        first_weights(answering(init=given), ops.key(0), X)


def test_a_forward_that_breaks_the_contract_is_told():
    with pytest.raises(ConfigError, match=r"forward must return \(y, cache, state\), not one ndarray"):
        infer_output(answering(forward=X), {}, {}, X)
    with pytest.raises(ConfigError, match="forward asks for 'V', but of params and state there is W"):
        infer_output(answering(forward=lambda params, x: params["V"]), {"W": X}, {}, X)


def test_several_inputs_for_a_layer_of_one_are_told():
    with pytest.raises(ShapeError, match="Parallel has a layer for each"):
        first_weights(Dense(3), ops.key(0), {"a": X, "b": X})
