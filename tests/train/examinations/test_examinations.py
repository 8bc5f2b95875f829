"""What examinations find, beside what NumPy says; and that what an examination does changes no training."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import (
    DEFAULT_EXAMINATIONS,
    Chain,
    ConfigError,
    DeadUnits,
    Dense,
    Examination,
    Examined,
    GradientDescent,
    HalfSquaredError,
    Histogram,
    Histograms,
    ListenerFailed,
    ReLU,
    SaturatedUnits,
    Sharpness,
    SoftmaxCrossEntropy,
    Tanh,
    fit,
    ops,
)
from pellucid.train import examiner
from pellucid.train.batch import Batch
from pellucid.train.examinations import sharpness
from pellucid.train.examinations.examination import ExaminedNetwork
from pellucid.trees import flatten

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(40, 3)), RNG.integers(0, 2, 40)


def network(model, loss, target, params=None):
    first, state = model.init(ops.key(0), X)
    return ExaminedNetwork(model, loss, first if params is None else params, state, Batch(X, target), {})


def test_a_histogram_counts_what_numpy_counts():
    values = RNG.normal(size=(20, 30))
    counts, edges = np.histogram(values, 32)
    assert Histogram.of(values) == Histogram(edges[0], edges[-1], tuple(counts.tolist()))


@pytest.mark.parametrize(
    ("values", "least", "greatest", "first", "last", "not_finite"),
    [
        ([2.0, 2.0], 2.0, 2.0, 2, 0, 0),
        ([np.nan, 1.0, np.inf, 3.0], 1.0, 3.0, 1, 1, 2),
        ([-np.inf], 0.0, 0.0, 0, 0, 1),
        ([-1.7e308, 1.7e308], -1.7e308, 1.7e308, 1, 1, 0),
        ([0, 7], 0.0, 7.0, 1, 1, 0),
    ],
)
def test_histograms_of_odd_numbers(values, least, greatest, first, last, not_finite):
    found = Histogram.of(np.array(values))
    assert (found.least, found.greatest, found.not_finite) == (least, greatest, not_finite)
    assert (found.counts[0], found.counts[-1], sum(found.counts)) == (first, last, len(values) - not_finite)


def test_histograms_of_weights_gradients_and_outputs():
    examined = network(Chain(Dense(4), ReLU(), Dense(2)), SoftmaxCrossEntropy(), Y)
    found = Histograms().examine(examined)
    arrays = {f"dense_{i}/{name}" for i in (1, 2) for name in "Wb"}
    layers = {"dense_1/output", "relu_1/output", "dense_2/output"}
    assert found.keys() == {f"{path}/{what}" for path in arrays for what in ("weight", "gradient")} | layers
    gradient = examined.gradient(examined.params)["dense_1"]["W"]
    assert found["dense_1/W/gradient"] == Histogram.of(gradient)
    assert Histograms().examine(network(Dense(2), SoftmaxCrossEntropy(), Y)).keys() == {
        *(f"{name}/{what}" for name in "Wb" for what in ("weight", "gradient")),
        "output",
    }


def test_units_that_are_silent_for_every_example_and_for_long():
    model = Chain(Dense(4), ReLU(), Dense(2))
    examined = network(model, SoftmaxCrossEntropy(), Y)
    probe = DeadUnits(window=2)
    examined.params["dense_1"]["b"][:] = [-100.0, -100.0, 0.0, 0.0]
    assert probe.examine(examined) == {"relu_1/dead": 0.5}
    examined.params["dense_1"]["b"][:] = [100.0, -100.0, -100.0, -100.0]
    later = network(model, SoftmaxCrossEntropy(), Y, examined.params)
    later.memory = examined.memory
    assert probe.examine(later) == {"relu_1/dead": 0.75, "relu_1/dead_for_long": 0.25}


def test_outputs_where_the_derivative_is_next_to_nothing():
    examined = network(Chain(Dense(4), Tanh(), Dense(2)), SoftmaxCrossEntropy(), Y)
    examined.params["dense_1"]["W"] *= 5
    y = examined.taps["tanh_1"]["y"]
    share = (1 - y * y < 0.01).mean()
    assert 0 < share < 1
    assert SaturatedUnits().examine(examined) == {"tanh_1/saturated": pytest.approx(share)}


def test_the_sharpness_of_a_linear_network_is_that_of_its_inputs():
    """Of half squared errors the Hessian is the mean of x x^T over the examples, with 1 for the bias."""
    found = Sharpness(100).examine(network(Dense(1), HalfSquaredError(), X[:, :1]))
    ones = np.hstack([X, np.ones((40, 1))])
    assert found["sharpness"] == pytest.approx(np.linalg.eigvalsh(ones.T @ ones / 40)[-1], rel=1e-2)


def test_the_sharpness_is_the_largest_eigenvalue_not_that_largest_in_size(monkeypatch):
    matrix = np.diag([-5.0, 2.0, 1.0, -1.0])
    monkeypatch.setattr(sharpness, "_hessian_product", lambda network: lambda v: matrix @ v)
    found = Sharpness(200).examine(network(Dense(1), HalfSquaredError(), X[:, :1]))
    assert found["sharpness"] == pytest.approx(2.0, rel=1e-2)


@pytest.mark.parametrize("engine", ["numpy", "jax"])
def test_examinations_change_no_bit_of_the_training(engine, monkeypatch):
    monkeypatch.setattr(examiner, "SHARE", 1e9)
    heard = []
    how = {"epochs": 3, "batch_size": 16, "optimizer": GradientDescent(0.1), "engine": engine}
    model = Chain(Dense(4), Tanh(), Dense(2))
    plain = fit(model, SoftmaxCrossEntropy(), (X, Y), **how)
    every = [*DEFAULT_EXAMINATIONS, Sharpness()]
    seen = fit(model, SoftmaxCrossEntropy(), (X, Y), listeners=[heard.append], examinations=every, **how)
    assert all((a == b).all() for a, b in zip(*(flatten(t.params).values() for t in (seen, plain)), strict=True))
    examined = [event for event in heard if isinstance(event, Examined)]
    assert [(event.epoch, event.step, event.examples) for event in examined] == [(1, 3, 40), (2, 6, 40), (3, 9, 40)]
    assert examined[0].numbers["sharpness"] > 0
    fit(model, SoftmaxCrossEntropy(), (X, Y), listeners=[heard.append], watch_every=0, **how)
    assert sum(isinstance(event, Examined) for event in heard) == 3


def test_examinations_wait_for_their_share_of_the_time():
    class Clock:
        seconds = own_seconds = 100.0

    share = 100 * examiner.SHARE
    assert examiner.Examiner(None, None, (), examiner.FREE).is_due(last=False)
    for spent, last, due in ((0.9, False, True), (1.1, False, False), (1.1, True, True), (2.1, True, False)):
        assert examiner.Examiner(None, None, (), 0.1, spent * share - 0.1, Clock()).is_due(last) is due
    for spent, watching, due in ((0.9, 0.8, True), (0.9, 0.9, False), (0.2, 9.0, True), (0.3, 9.0, False)):
        examine = examiner.Examiner(None, None, (), 0.1, spent * share - 0.1, Clock())
        assert examine.is_due(last=False, watching=watching * share) is due
    Clock.own_seconds = 50.0  # half the time was that of other programs
    assert not examiner.Examiner(None, None, (), 0.1, 0.9 * share - 0.1, Clock()).is_due(last=False)


def test_an_examination_that_fails_is_told_once_and_ends_nothing(monkeypatch):
    monkeypatch.setattr(examiner, "SHARE", 1e9)

    class Broken(Examination):
        def examine(self, network):
            raise ValueError("nothing to see")

    heard = []
    how = {"epochs": 3, "listeners": [heard.append], "examinations": [Broken(), SaturatedUnits()]}
    with pytest.warns(RuntimeWarning, match=r"the examination Broken\(\) failed, and training goes on: nothing"):
        trained = fit(Chain(Dense(4), Tanh(), Dense(2)), SoftmaxCrossEntropy(), (X, Y), **how)
    assert trained.stopped == "all epochs done"
    assert sum(isinstance(event, ListenerFailed) for event in heard) == 1
    assert all(event.numbers.keys() == {"tanh_1/saturated"} for event in heard if isinstance(event, Examined))
    with pytest.raises(ConfigError, match="every examination must be an Examination"):
        fit(Dense(2), SoftmaxCrossEntropy(), (X, Y), examinations=[Broken])
