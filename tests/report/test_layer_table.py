"""The table of layers: outputs, parameters and memory counted by hand."""

from __future__ import annotations

import numpy as np

from pellucid import Chain, Dense, Layer, ReLU, layer_table, ops
from pellucid.layers import Mask, Reshape


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


def test_a_layer_alone_is_one_row_without_a_path():
    x = np.zeros((2, 5))
    (row,) = layer_table(Dense(3), *Dense(3).init(ops.key(0), x), x, batch_size=1)
    assert (row["path"], row["output"], row["parameters"]) == ("", [3], 18)
    assert row["memory"] == 2 * 8 * (18 + 3)
