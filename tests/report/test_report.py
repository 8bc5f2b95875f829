"""Tables, baselines and decision regions."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pytest

from pellucid import Chain, DataError, Dense, Layer, ReLU, baselines, layer_table, ops, plot_activations, plot_regions
from pellucid.layers import Mask, Reshape

mpl.use("Agg")


def test_layer_table_counts_what_there_is():
    model = Chain(body=Chain(Dense(8), ReLU()), head=Dense(3, use_bias=False))
    x = np.zeros((1, 5), np.float32)
    params, state = model.init(ops.key(0), x)
    rows = layer_table(model, params, state, x, batch_size=10)
    assert [row["path"] for row in rows] == ["body/dense_1", "body/relu_1", "head"]
    assert [row["parameters"] for row in rows] == [5 * 8 + 8, 0, 24]
    assert [row["output"] for row in rows] == [[8], [8], [3]]
    assert [row["memory"] for row in rows] == [2 * 4 * (48 + 80), 2 * 4 * 80, 2 * 4 * (24 + 30)]
    assert rows[2]["layer"] == "Dense(3, use_bias=False)"


class Halves(Layer):
    """Features by two names, one of them further in."""

    def forward(self, params, state, x, key=None, train=False):
        return {"mean": x[:, :3], "parts": {"rest": x[:, 3:]}}, {}, state

    def backward(self, params, cache, dy):
        raise NotImplementedError


def test_layer_table_names_each_of_several_outputs():
    x = np.ones((1, 8), np.float32)
    (row,) = layer_table(Halves(), {}, {}, x, batch_size=10)
    assert row["output"] == {"mean": [3], "parts": {"rest": [5]}}
    assert (row["parameters"], row["memory"]) == (0, 2 * 4 * 80)
    model = Chain(Reshape((4, 2)), Mask())
    row = layer_table(model, *model.init(ops.key(0), x), x)[1]
    assert row["output"] == {"values": [4, 2], "mask": [4]}


def test_the_baseline_of_reconstruction_is_the_best_plane():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(300, 2)) @ rng.normal(size=(2, 6)) + 5 + 1e-3 * rng.normal(size=(300, 6))
    part = (x[:200], x[:200]), (x[200:], x[200:])
    assert baselines("reconstruction", *part, 2)["PCA"]["r2"] == pytest.approx(1.0, abs=1e-4)
    found = baselines("reconstruction", *part, 1)
    centred = x[:200] - x[:200].mean(axis=0)
    axis = np.linalg.svd(centred)[2][0]
    away = x[200:] - x[:200].mean(axis=0)
    left = ((away - np.outer(away @ axis, axis)) ** 2).sum() / ((x[200:] - x[200:].mean(axis=0)) ** 2).sum()
    assert found["PCA"] == {"r2": pytest.approx(1 - left), "components": 1, "rows": 200, "converged": True}
    assert -0.1 < found["mean"]["r2"] <= 0


def test_baselines_of_classes_and_amounts():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 2))
    y = (x[:, 0] + x[:, 1] > 0.5).astype(int)
    found = baselines("classification", (x[:150], y[:150]), (x[150:], y[150:]), 2)
    assert found["majority class"]["accuracy"] == pytest.approx((y[150:] == 0).mean())
    assert found["logistic regression"]["accuracy"] > 0.9
    amount = (3 * x[:, :1] - x[:, 1:]).astype(np.float32)
    found = baselines("regression", (x[:150], amount[:150]), (x[150:], amount[150:]))
    assert found["linear regression"]["r2"] == pytest.approx(1.0)
    assert -0.3 < found["mean"]["r2"] <= 0


@pytest.mark.parametrize(
    "answer",
    [
        lambda p: (p[:, 0] > p[:, 1]).astype(int),
        lambda p: 1 / (1 + np.exp(-p[:, 0])),
        lambda p: 1 / (1 + np.exp(-p[:, :1])),
        lambda p: np.exp(-((p[:, :1] - [0, 1, 2]) ** 2)) / np.exp(-((p[:, :1] - [0, 1, 2]) ** 2)).sum(1, keepdims=True),
    ],
)
def test_regions_are_drawn_for_every_kind_of_answer(answer):
    x = np.array([[0.0, 0.0], [1.0, 2.0], [2.0, 1.0]])
    axes = plot_regions(answer, (x, np.array([0, 1, 2])), resolution=20)
    assert axes.get_xlim() == pytest.approx((-0.2, 2.2))
    assert len(axes.collections) >= 3
    picture = axes.images[0].get_array()
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 1
    mpl.pyplot.close(axes.figure)


def test_regions_are_of_the_plane():
    with pytest.raises(DataError, match=r"\(B, 2\), not \(4, 3\)"):
        plot_regions(lambda p: p[:, 0], (np.ones((4, 3)), np.zeros(4)))


def test_every_activation_is_in_the_plot():
    figure = plot_activations()
    titles = {axes.get_title() for axes in figure.axes}
    assert {"ReLU", "Sigmoid", "GELU", "Step"} <= titles
    mpl.pyplot.close(figure)
