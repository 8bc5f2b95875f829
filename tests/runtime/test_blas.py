"""Products on one core: only inside, and only as long."""

from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from pellucid import Chain, Dense, Layer, MeanSquaredError, fit
from pellucid.runtime.blas import on_one_core


def threads():
    """How many each library of products may use."""
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


pytestmark = pytest.mark.skipif(not threads(), reason="NumPy has another library for products")


@pytest.fixture(autouse=True)
def two_threads():
    with threadpool_limits(2, "blas"):
        yield


def test_one_core_inside_and_as_before_behind_even_after_an_error():
    def fail():
        seen.append(threads())
        raise RuntimeError

    seen, before = [], threads()
    with pytest.raises(RuntimeError):
        on_one_core()(fail)()
    assert seen == [{1}]
    assert threads() == before != {1}


def test_a_network_is_tried_out_on_one_core_and_trained_on_all():
    seen = []

    class Looks(Layer):
        def init(self, key, x):
            return {}, {}

        def forward(self, params, state, x, key=None, train=False):
            seen.append((train, threads()))
            return x, None, state

        def backward(self, params, cache, dy):
            return {}, dy

    before = threads()
    x = np.ones((4, 2))
    fit(Chain(Looks(), Dense(1)), MeanSquaredError(), (x, x[:, :1]), epochs=1, engine="numpy")
    assert all(count == (before if train else {1}) for train, count in seen)
    assert {train for train, _ in seen} == {True, False}
