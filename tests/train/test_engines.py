"""Which engine a problem gets."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import Chain, Dense, ReLU, UnknownNameError, ops
from pellucid.train.engines import choose_engine, engine_named


@pytest.mark.parametrize(
    ("sizes", "inputs", "steps", "batch", "engine"),
    [((8, 2), 2, 1000, 10, "numpy"), ((128, 64, 10), 64, 4000, 32, "numpy"), ((256, 128, 10), 784, 10_000, 128, "jax")],
)
def test_small_problems_stay_eager_and_large_ones_are_compiled(sizes, inputs, steps, batch, engine):
    model = Chain(*(layer for n in sizes for layer in (Dense(n), ReLU())))
    params, _ = model.init(ops.key(0), np.zeros((1, inputs), np.float32))
    assert choose_engine(model, params, steps, batch) == engine


def test_an_unknown_engine_is_refused():
    with pytest.raises(UnknownNameError, match="did you mean numpy"):
        engine_named("nunpy", {})
