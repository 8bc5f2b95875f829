"""Which engine a problem gets."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import (
    LSTM,
    Chain,
    Conv2D,
    DataError,
    Dense,
    Dropout,
    Embedding,
    Flatten,
    MeanSquaredError,
    Recurrent,
    ReLU,
    SoftmaxCrossEntropy,
    Tanh,
    Trained,
    UnknownNameError,
    fit,
    ops,
)
from pellucid.train.engines import Work, choose_engine, engine_named


@pytest.mark.parametrize(
    ("sizes", "inputs", "steps", "batch", "engine"),
    [((8, 2), 2, 1000, 10, "numpy"), ((128, 64, 10), 64, 4000, 32, "numpy"), ((256, 128, 10), 784, 10_000, 128, "jax")],
)
def test_small_problems_stay_eager_and_large_ones_are_compiled(sizes, inputs, steps, batch, engine):
    model = Chain(*(layer for n in sizes for layer in (Dense(n), ReLU())))
    x = np.zeros((1, inputs), np.float32)
    params, state = model.init(ops.key(0), x)
    assert choose_engine(Work.of(model, params, state, x), steps, batch) == engine


@pytest.mark.parametrize("model", [Chain(Conv2D(8, 3), Flatten(), Dense(2)), Recurrent(LSTM(16))])
def test_weights_used_at_many_places_count_as_often(model):
    """A few hundred weights, but hundreds of places: too long for the eager engine, where one place would not be."""
    x = np.zeros((1, 28, 28, 1), np.float32) if isinstance(model, Chain) else np.zeros((1, 500, 8), np.float32)
    params, state = model.init(ops.key(0), x)
    assert choose_engine(Work.of(model, params, state, x), 2000, 128) == "jax"


def test_an_unknown_engine_is_refused():
    with pytest.raises(UnknownNameError, match="did you mean numpy"):
        engine_named("nunpy", {})


@pytest.mark.parametrize("engine", ["numpy", "jax"])
def test_an_index_outside_an_embedding_is_named_in_use(engine):
    x = np.array([[0, 1], [1, 2]])
    model = Chain(Embedding(3, 2), Flatten(), Dense(2))
    trained = fit(model, SoftmaxCrossEntropy(), (x, [0, 1]), epochs=1, engine=engine)
    for use in (trained.predict, trained.classify, lambda x: trained.evaluate(x, [0, 1])):
        with pytest.raises(DataError, match=r"x\[1, 1\] is 3.0, but must be a whole number from 0 to 2"):
            use(np.array([[0, 1], [1, 3]]))


@pytest.mark.parametrize("engine", ["numpy", "jax"])
def test_many_rows_are_answered_in_parts_each_in_its_place(engine):
    x = np.arange(300 * 3000, dtype=np.float32).reshape(3000, 300)
    as_it_is = Trained(Dropout(0.5), MeanSquaredError(), {}, {}, engine=engine)
    np.testing.assert_array_equal(as_it_is.outputs(x), x)


@pytest.mark.parametrize("engine", ["numpy", "jax"])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_value_that_is_not_finite_is_named_in_use(engine, bad):
    """Even where the layer would make a finite number of it."""
    x = np.zeros((3000, 2), np.float32)
    x[2500, 1] = bad
    squashed = Trained(Tanh(), MeanSquaredError(), {}, {}, engine=engine)
    with pytest.raises(DataError, match=rf"x\[2500, 1\] is {bad} \(1 such in 6000\)"):
        squashed.outputs(x)
