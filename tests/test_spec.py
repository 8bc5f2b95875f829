"""Networks to JSON and back; what cannot be read is named; arrays to disk and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid import (
    L2,
    Adam,
    Chain,
    Concat,
    ConfigError,
    CosineDecay,
    Dense,
    He,
    LeakyReLU,
    PellucidError,
    PerLayer,
    Residual,
    Tanh,
    UnknownNameError,
    Warmup,
    spec,
)
from pellucid.layer import Layer, Loss
from pellucid.optim import Optimizer
from pellucid.regularize import Penalty

VALUES = [
    (Layer, Chain(encoder=Chain(Dense(3, weight=He()), Tanh()), decoder=Residual(Dense(3, use_bias=False)))),
    (Layer, Concat(Dense(2), Chain(LeakyReLU(slope=0.2), Dense(1)))),
    (Optimizer, Adam(Warmup(CosineDecay(0.1, 100), 10), beta1=0.8)),
    (Penalty, PerLayer({"dense_1": L2(0.1)})),
]


@pytest.mark.parametrize(("base", "value"), VALUES, ids=lambda value: repr(value)[:40])
def test_values_survive_json(base, value):
    assert spec.decode(json.loads(json.dumps(spec.encode(value))), base) == value


def test_a_name_of_ours_means_ours():
    class Dense(Layer):
        def forward(self, params, state, x, key=None, train=False):
            return x, {}, state

        def backward(self, params, cache, dy):
            return {}, dy

    assert spec.find(Layer, "Dense") is not Dense
    assert spec.decode({"type": "Dense", "units": 3}, Layer).units == 3


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("Dens", "did you mean Dense"),
        ("Dense", "units is missing"),
        ({"type": "Dense", "unit": 3}, "did you mean units"),
        ({"type": "Dense", "units": "three"}, "units must be"),
        ({"type": "Dense", "units": 3, "weight": "Hee"}, "did you mean He"),
        ({"type": "Dense", "units": 3, "weight": 7}, "weight must be an Initializer"),
        ({"type": "Chain", "layers": 3}, "layers must be a list"),
        ({"type": "Chain", "layers": [3]}, "layer 1 must be a Layer"),
        ({"type": "Chain", "layers": ["Tanh"], "names": ["a", "b"]}, "as many different names"),
        ({"type": "MeanSquaredError"}, "unknown layer"),
        ({"type": "Popen"}, "unknown layer"),
        ({"type": ["Dense"]}, "with a 'type'"),
        ([], "with a 'type'"),
    ],
)
def test_what_cannot_be_read_is_named(data, message):
    with pytest.raises(ConfigError, match=message):
        spec.decode(data, Layer)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "units", "layers", "names", "weight", "slope", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)
TYPED = st.builds(
    lambda kind, rest: {**rest, "type": kind},
    st.sampled_from(["Dense", "Chain", "Residual", "LeakyReLU", "Maxout", "Huber", "Value", "Layer", "_Tap"]),
    st.dictionaries(
        st.sampled_from(["units", "layers", "names", "weight", "slope", "pieces", "delta"]), JSON, max_size=3
    ),
)


@given(JSON | TYPED, st.sampled_from([Layer, Loss, Optimizer]))
def test_any_description_gives_a_value_or_a_clear_error(data, base):
    try:
        value = spec.decode(data, base)
    except PellucidError:
        return
    assert isinstance(value, base)


class Internal(Layer):
    """What no specification names, nor what derives from it."""

    nameable = False


class Derived(Internal):
    """Internal too."""


@pytest.mark.parametrize("name", ["Internal", "Derived"])
def test_an_internal_class_cannot_be_named(name):
    with pytest.raises(UnknownNameError):
        spec.find(Layer, name)
