"""Numbers near the end of what a float holds: both engines answer alike, refuse alike, and let no warning through."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import Chain, DataError, Dense, MeanSquaredError, NonFiniteError, Tanh, fit

ENGINES = ("numpy", "jax")
NET = Chain(Dense(4), Tanh(), Dense(1))
X = np.random.default_rng(0).normal(size=(40, 3)).astype(np.float32)
Y = X[:, :1]


def train(engine, x=X, y=Y, **how):
    return fit(NET, MeanSquaredError(), (x, y), epochs=1, engine=engine, **how)


@pytest.mark.parametrize("size", [1e30, 1e300, -1e300])
@pytest.mark.parametrize("rows", [3, 40])
def test_inputs_beyond_float32_are_answered_alike_by_both(size, rows):
    x = np.full((rows, 3), size)
    answers = []
    for engine in ENGINES:
        trained = train(engine)
        answers.append(trained.predict(x))
        assert np.isfinite(trained.evaluate(x, Y[:rows])["loss"])
    assert np.isfinite(answers[0]).all()
    np.testing.assert_allclose(*answers, rtol=1e-5)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_inputs_that_are_not_finite_are_refused_by_both(engine, bad):
    x = X.astype(np.float64)
    x[7, 1] = bad
    with pytest.raises(DataError, match=rf"x\[7, 1\] is {bad}"):
        train(engine).predict(x)


@pytest.mark.parametrize("engine", ENGINES)
def test_validation_beyond_float32_is_refused_before_training(engine, tmp_path):
    for held_out in ((np.full((40, 3), 1e300), Y), (X.astype(np.float64), Y.astype(np.float64) * 1e300)):
        with pytest.raises(DataError, match="fit: validation has numbers too large for float32"):
            train(engine, validation=held_out, run=tmp_path / "run")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("engine", ENGINES)
def test_targets_whose_squares_are_too_large_end_with_a_sentence(engine):
    with pytest.raises(NonFiniteError, match=r"step 1 .* the loss is infinite"):
        train(engine, y=Y * np.float32(1e30))
    assert train(engine, validation=(X, Y * np.float32(1e30))).history.epochs[0]["validation"]["loss"] == np.inf
