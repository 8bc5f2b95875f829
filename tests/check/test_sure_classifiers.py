"""Where a loss is nearly 0, rounding is most of a central difference: what is right must not be called wrong."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import trees
from pellucid.check import check_gradients
from pellucid.combinators import Chain
from pellucid.layers import Dense, Tanh
from pellucid.losses import Hinge, SigmoidCrossEntropy, SoftmaxCrossEntropy
from pellucid.optim import Adam
from pellucid.runs import fit


@pytest.mark.parametrize("gap", [5.0, 20.0, 40.0])
@pytest.mark.parametrize("loss", [SoftmaxCrossEntropy(), SoftmaxCrossEntropy(label_smoothing=0.1), Hinge()], ids=repr)
@pytest.mark.parametrize("label", [0, 1])
def test_a_sure_classifier_is_not_called_wrong(gap, loss, label):
    """Sure of the right class the loss is nearly 0, sure of the wrong one it is the gap."""
    x = np.random.default_rng(0).normal(size=(5, 3))
    params = {"dense_1": {"W": np.random.default_rng(0).normal(size=(3, 2)), "b": np.array([gap, 0.0])}}
    report = check_gradients(Chain(Dense(2)), loss, x, np.full(5, label), params=params)
    assert report.ok
    assert report.whole.verdict == "right"


@pytest.mark.parametrize("logit", [5.0, 20.0, 35.0, -35.0])
@pytest.mark.parametrize("loss", [SigmoidCrossEntropy(), SigmoidCrossEntropy(label_smoothing=0.1), Hinge()], ids=repr)
@pytest.mark.parametrize("target", [0.0, 1.0])
def test_nor_is_a_sure_answer(logit, loss, target):
    x = np.random.default_rng(0).normal(size=(5, 3))
    params = {"W": 0.1 * np.ones((3, 1)), "b": np.array([logit])}
    assert check_gradients(Dense(1), loss, x, np.full(5, target), params=params).ok


@pytest.mark.parametrize("seed", range(5))
def test_nor_is_a_network_trained_until_nothing_is_left_to_learn(seed):
    """Three blobs far apart, learnt until the loss is nearly 0."""
    rng = np.random.default_rng(seed)
    labels = np.arange(60) % 3
    x = np.array([[0.0, 0.0, 4.0, 1.0], [4.0, 0.0, 0.0, -1.0], [0.0, 4.0, 0.0, 0.0]])[labels]
    x = x + 0.3 * rng.normal(size=x.shape)
    trained = fit(
        Chain(Dense(8), Tanh(), Dense(3)),
        SoftmaxCrossEntropy(),
        (x, labels),
        optimizer=Adam(0.05),
        epochs=200,
        seed=seed,
        engine="numpy",
    )
    assert trained.history.epochs[-1]["train"]["loss"] < 1e-3
    params = trees.tree_map(lambda leaf: 3.0 * leaf, trained.params)
    for weights in (trained.params, params):
        report = check_gradients(trained.model, trained.loss, x[:8], labels[:8], params=weights)
        assert report.ok, report
