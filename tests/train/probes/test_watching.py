"""Watched steps: what they say of every layer, on both engines, without changing the training."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from pellucid import (
    Chain,
    Concat,
    ConfigError,
    Dense,
    Embedding,
    GradientDescent,
    HalfSquaredError,
    Recurrent,
    ReLU,
    SimpleRNN,
    SoftmaxCrossEntropy,
    fit,
    record,
)
from pellucid.trees import flatten

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(50, 3)), RNG.integers(0, 2, 50)
MODEL = Chain(body=Chain(Dense(8), ReLU()), head=Concat(Dense(1), Dense(1)))


@pytest.mark.parametrize("engine", ["numpy", "jax"])
def test_watching_changes_nothing_and_says_the_same_on_both_engines(engine):
    how = {"epochs": 3, "batch_size": 16, "optimizer": GradientDescent(0.1)}
    plain = fit(MODEL, SoftmaxCrossEntropy(), (X, Y), engine=engine, **how)
    watched = fit(MODEL, SoftmaxCrossEntropy(), (X, Y), engine=engine, watch_every=5, **how)
    assert all((a == b).all() for a, b in zip(*(flatten(t.params).values() for t in (watched, plain)), strict=True))
    assert plain.history.layers == {}
    layers = watched.history.layers
    assert layers["step"].tolist() == [5, 10]  # 4 steps an epoch; the last of an epoch has 2 examples
    assert np.isfinite(list(layers.values())).all()
    other = fit(MODEL, SoftmaxCrossEntropy(), (X, Y), engine="numpy", watch_every=5, **how).history.layers
    for name, values in layers.items():
        np.testing.assert_allclose(values, other[name], rtol=1e-9, err_msg=name)


def test_the_numbers_are_those_of_the_step():
    model = Chain(Dense(4), ReLU(), Dense(1))
    y, loss, rate = X[:, :1] * 2, HalfSquaredError(), 0.1
    trained = fit(
        model, loss, (X, y), epochs=1, batch_size=50, shuffle=False, optimizer=GradientDescent(rate), watch_every=1
    )
    begun = fit(model, loss, (X, y), epochs=1, batch_size=50, shuffle=False, optimizer=GradientDescent(1e-300))
    taps = record(model, begun.params, begun.state, X, lambda out: (out - y) / 50)
    layers = {name: values[0] for name, values in trained.history.layers.items()}
    out = taps["relu_1"]["y"]
    assert layers["relu_1/out_mean"] == pytest.approx(out.mean())
    assert layers["relu_1/out_std"] == pytest.approx(out.std())
    assert layers["relu_1/out_zero"] == pytest.approx((out == 0).mean())
    assert layers["dense_2/delta_rms"] == pytest.approx(np.sqrt((taps["dense_2"]["dy"] ** 2).mean()))
    gradient = np.sqrt((taps["dense_1"]["dparams"]["W"] ** 2).mean())
    assert layers["dense_1/W/gradient_rms"] == pytest.approx(gradient)
    assert layers["dense_1/W/update_rms"] == pytest.approx(rate * gradient)
    assert layers["dense_1/W/weight_rms"] == pytest.approx(np.sqrt((begun.params["dense_1"]["W"] ** 2).mean()))


def test_a_network_of_one_layer_and_a_masked_sequence_can_be_watched():
    trained = fit(Dense(2), SoftmaxCrossEntropy(), (X, Y), epochs=1, watch_every=1)
    assert {"out_mean", "delta_rms", "W/gradient_rms"} <= trained.history.layers.keys()
    masked = Chain(Embedding(5, 3, padding=0), Recurrent(SimpleRNN(2), return_sequences=False))
    trained = fit(masked, SoftmaxCrossEntropy(), (RNG.integers(1, 5, (20, 4)), Y[:20]), epochs=1, watch_every=1)
    assert np.isfinite(trained.history.layers["embedding_1/out_std"]).all()


def test_a_run_holds_them_and_goes_on_with_them(tmp_path):
    how = {"batch_size": 16, "watch_every": 3, "seed": 4}
    fit(MODEL, SoftmaxCrossEntropy(), (X, Y), epochs=2, run=tmp_path / "run", **how)
    with (tmp_path / "run" / "layers.csv").open("a") as file:
        file.write("9,1,2\n10,3")  # what a crash left behind
    fit(MODEL, SoftmaxCrossEntropy(), (X, Y), epochs=4, run=tmp_path / "run", resume=True, **how)
    fit(MODEL, SoftmaxCrossEntropy(), (X, Y), epochs=4, run=tmp_path / "whole", **how)
    text = (tmp_path / "run" / "layers.csv").read_text()
    assert text == (tmp_path / "whole" / "layers.csv").read_text()
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["step"] for row in rows] == ["3", "6", "9", "12", "15"]
    assert "body/dense_1/W/update_rms" in rows[0]


@pytest.mark.parametrize("wrong", [-1, 2.5, "10", True, False])
def test_bad_numbers_are_refused(wrong):
    with pytest.raises(ConfigError, match="watch_every"):
        fit(MODEL, SoftmaxCrossEntropy(), (X, Y), watch_every=wrong)
