"""Probes: what the built-in ones say of a step, one of a user's own, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import (
    DEFAULT_PROBES,
    Chain,
    ConfigError,
    Dense,
    GradientDescent,
    OutputStatistics,
    Probe,
    ReLU,
    SoftmaxCrossEntropy,
    WatchedStep,
    WeightStatistics,
    fit,
    ops,
)
from pellucid.combinators import record
from pellucid.train.probes import measure
from pellucid.trees import flatten, leaves, tree_map

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(40, 3)), RNG.integers(0, 2, 40)
MODEL = Chain(Dense(5), ReLU(), Dense(2))
HOW = {"epochs": 3, "batch_size": 16, "optimizer": GradientDescent(0.1)}


def rms(x):
    return np.sqrt(np.mean(np.square(x)))


@pytest.fixture(scope="module")
def step():
    params, state = MODEL.init(ops.key(0), X)
    taps = record(MODEL, params, state, X, lambda y: y / len(y))
    gradients = {path: taps[path]["dparams"] for path in params}
    after = tree_map(lambda w, g: w - 0.1 * g, params, gradients)
    return WatchedStep(taps, gradients, params, after, np.float64(0.7))


def test_outputs(step):
    y = step.taps["relu_1"]["y"]
    said = OutputStatistics().measure(step)
    assert said["relu_1/out_mean"] == pytest.approx(y.mean())
    assert said["relu_1/out_std"] == pytest.approx(y.std())
    assert said["relu_1/out_rms"] == pytest.approx(rms(y))
    assert said["relu_1/out_zero"] == pytest.approx((y == 0).mean())
    assert (said["relu_1/out_min"], said["relu_1/out_max"]) == (y.min(), y.max())


def test_weights_gradients_and_updates(step):
    said = measure(DEFAULT_PROBES, step)
    assert said["dense_1/delta_rms"] == pytest.approx(rms(step.taps["dense_1"]["dy"]))
    assert said["dense_1/delta_norm"] == pytest.approx(np.linalg.norm(step.taps["dense_1"]["dy"]))
    assert said["gradient_norm"] == pytest.approx(
        np.linalg.norm(np.concatenate([*map(np.ravel, leaves(step.gradients))]))
    )
    weight, gradient = step.before["dense_1"]["W"], step.gradients["dense_1"]["W"]
    assert said["dense_1/W/weight_rms"] == pytest.approx(rms(weight))
    assert said["dense_1/W/gradient_rms"] == pytest.approx(rms(gradient))
    for name, array in (("weight", weight), ("gradient", gradient)):
        found = [said[f"dense_1/W/{name}_{what}"] for what in ("mean", "std", "min", "max")]
        np.testing.assert_allclose(found, [array.mean(), array.std(), array.min(), array.max()])
    assert said["dense_1/W/update_rms"] == pytest.approx(0.1 * rms(gradient))
    assert np.isnan(said["dense_1/b/update_ratio"])  # its weights were 0
    assert said["dense_1/W/update_ratio"] == pytest.approx(0.1 * rms(gradient) / rms(weight))


@pytest.mark.parametrize("probe", DEFAULT_PROBES, ids=repr)
def test_a_probe_reads_what_it_says_it_needs(probe, step):
    """And nothing else: all other parts are missing."""
    alone = WatchedStep(*(getattr(step, part) if part in probe.needs else None for part in WatchedStep._fields))
    assert probe.measure(alone).keys() == probe.measure(step).keys()


class LargestLogit(Probe):
    """The greatest output of the network, times ``factor``."""

    factor: float = 1.0
    needs = ("taps", "loss")

    def measure(self, step):
        return {"largest": self.factor * step.taps["dense_2"]["y"].max(), "same_loss": step.loss}


@pytest.mark.parametrize("engine", ["numpy", "jax"])
def test_a_probe_of_ones_own(engine):
    watched = fit(MODEL, SoftmaxCrossEntropy(), (X, Y), engine=engine, watch_every=2, probes=[LargestLogit(2.0)], **HOW)
    plain = fit(MODEL, SoftmaxCrossEntropy(), (X, Y), engine=engine, **HOW)
    assert all((a == b).all() for a, b in zip(*(flatten(t.params).values() for t in (watched, plain)), strict=True))
    layers = watched.history.layers
    assert layers.keys() == {"step", "largest", "same_loss"}
    assert layers["step"].tolist() == [2, 4, 6, 8]
    np.testing.assert_allclose(layers["same_loss"], watched.history.steps["loss"][layers["step"] - 1])


def largest_weight(taps, gradients, params):
    return {"largest": abs(params["dense_1"]["W"]).max(), "delta": abs(taps["dense_1"]["dy"]).max()}


@pytest.mark.parametrize("engine", ["numpy", "jax"])
def test_a_function_is_a_probe(engine):
    how = {"engine": engine, "watch_every": 3, **HOW}
    watched = fit(MODEL, SoftmaxCrossEntropy(), (X, Y), probes=[largest_weight], **how)
    beside = fit(MODEL, SoftmaxCrossEntropy(), (X, Y), **how).history.layers
    size = np.maximum(-beside["dense_1/W/weight_min"], beside["dense_1/W/weight_max"])
    np.testing.assert_allclose(watched.history.layers["largest"], size)
    assert watched.history.layers.keys() == {"step", "largest", "delta"}


def test_without_watching_probes_are_not_asked():
    class Never(Probe):
        def measure(self, step):
            raise AssertionError

    trained = fit(MODEL, SoftmaxCrossEntropy(), (X, Y), probes=[Never()], **HOW)
    assert trained.history.layers == {}


class Vector(Probe):
    """No number."""

    def measure(self, step):
        return {"all": step.before["dense_1"]["b"]}


class Loss(Probe):
    """A name that is taken."""

    def measure(self, step):
        return {"loss": step.loss}


@pytest.mark.parametrize(
    ("probes", "message"),
    [
        ([Vector()], r"all must be an array of shape \(\)"),
        ([Loss()], "the step itself"),
        ([WeightStatistics(), WeightStatistics()], "choose another"),
        ([WeightStatistics], "every probe must be a Probe"),
    ],
)
def test_what_cannot_be_recorded_is_refused(probes, message):
    with pytest.raises(ConfigError, match=message):
        fit(MODEL, SoftmaxCrossEntropy(), (X, Y), watch_every=1, probes=probes, **HOW)
