"""What ``conformance`` says of layers of one's own, sound or not."""

from __future__ import annotations

import numpy as np
import pytest

from check.sabotaged import DENSE, CallsNumPy
from pellucid import ops
from pellucid.check import LAYER_CHECKS, LayerCase, conformance, run_check
from pellucid.combinators import Chain
from pellucid.errors import ConformanceError
from pellucid.layer import Layer
from pellucid.layers import Dense, ReLU, Tanh


def test_a_sound_layer_of_ones_own_passes():
    class Cube(Layer):
        """``y = x^3 / 10``."""

        def forward(self, params, state, x, key=None, train=False):
            return 0.1 * x**3, {"x": x}, state

        def backward(self, params, cache, dy):
            return {}, 0.3 * dy * cache["x"] ** 2

    run = [check for check in LAYER_CHECKS if check.__name__ != "pickle_round_trip"]
    case = LayerCase(Cube(), x=np.linspace(-1.0, 2.0, 12).reshape(4, 3))
    for check in run:
        if check.__name__ != "equal_specifications_share_a_trace":
            run_check(check, case)
    with pytest.raises(ConformanceError, match=r"pickle_round_trip.*Can't pickle local"):
        run_check(next(check for check in LAYER_CHECKS if check not in run), case)


def test_the_summary_names_what_passed_or_tells_all_that_failed():
    passed = conformance(LayerCase(Chain(Dense(2), Tanh()), x=(3, 4)))
    assert passed == tuple(check.__name__ for check in LAYER_CHECKS)
    with pytest.raises(ConformanceError) as caught:
        conformance(LayerCase(DENSE[0][0](2), x=(3, 4)))
    lines = str(caught.value).splitlines()
    assert lines[0] == f"SignFlipped(2) x (3,4) fails 3 of {len(LAYER_CHECKS)} checks"
    assert "gradient_equals_automatic: SignFlipped(2) x (3,4): train/params/W at [0, 0] is" in lines[1]


class Lookup(Layer):
    """``y = table[i]``: whole-number inputs, for which dx may hold anything."""

    def init(self, key, x):
        return {"table": ops.normal(key, (4, 3), "float32")}, {}

    def forward(self, params, state, x, key=None, train=False):
        return params["table"][x], {"i": x}, state

    def backward(self, params, cache, dy):
        rows = (cache["i"][:, None] == ops.namespace(dy).arange(4)).astype(dy.dtype)
        return {"table": rows.T @ dy}, cache["i"]


class DropsHalf(Layer):
    """Half of the inputs, doubled, in training."""

    def is_random(self):
        return True

    def forward(self, params, state, x, key=None, train=False):
        keep = 2.0 * (ops.uniform(key, x.shape, x.dtype) < 0.5) if train else ops.namespace(x).ones_like(x)
        keep = keep.astype(x.dtype)
        return x * keep, {"keep": keep}, state

    def backward(self, params, cache, dy):
        return {}, dy * cache["keep"]


class Centre(Layer):
    """``y = x - mean``: the batch's own in training, a running one in use."""

    def init(self, key, x):
        return {}, {"mean": np.zeros(x.shape[-1], x.dtype)}

    def forward(self, params, state, x, key=None, train=False):
        mean = x.mean(axis=0) if train else state["mean"]
        share = ops.namespace(x).full((1,), 1.0 / len(x) if train else 0.0, dtype=x.dtype)
        return x - mean, {"share": share}, {"mean": 0.9 * state["mean"] + 0.1 * mean}

    def backward(self, params, cache, dy):
        return {}, dy - cache["share"] * dy.sum(axis=0)


@pytest.mark.parametrize(
    "case",
    [LayerCase(Lookup(), x=np.array([0, 3, 1, 1])), LayerCase(DropsHalf(), x=(4, 3)), LayerCase(Centre(), x=(4, 3))],
    ids=str,
)
def test_whole_numbers_random_layers_and_layers_with_state_can_pass(case):
    assert conformance(case)


def test_a_layer_that_calls_numpy_is_told_once_what_to_call():
    with pytest.raises(ConformanceError) as caught:
        conformance(LayerCase(CallsNumPy(), x=(5, 4)))
    first, *rest = str(caught.value).splitlines()
    assert len(rest) == 1
    assert rest[0].endswith("use xp = ops.namespace(x) (from pellucid import ops) instead of numpy")
    named = rest[0].split(": ")[0].split(", ")
    assert {"gradient_equals_automatic", "numpy_equals_jax"} < set(named)
    assert first == f"CallsNumPy() x (5,4) fails {len(named)} of {len(LAYER_CHECKS)} checks"


def test_kinks_do_not_disturb_random_examples():
    assert conformance(LayerCase(ReLU(), x=(50, 20)))
