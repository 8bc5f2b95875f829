"""A network of any form as a graph."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import (
    GRU,
    LSTM,
    Chain,
    Concat,
    Conv2D,
    Dense,
    Flatten,
    Join,
    MultiHeadAttention,
    Parallel,
    Recurrent,
    ReLU,
    Residual,
    Tanh,
    TimeDistributed,
    TransformerBlock,
    ops,
    record,
)
from pellucid.derivation.graph import network_graph


def graph_of(model, x):
    return network_graph(model, *model.init(ops.key(0), x), x)


def described(graph):
    return {node["path"]: (node["kind"], node["inputs"], node["depth"]) for node in graph["nodes"]}


def ones(*shape):
    return np.ones((1, *shape), np.float32)


def test_a_chain_is_a_line():
    graph = graph_of(Chain(Dense(3), ReLU(), Dense(2)), ones(4))
    assert described(graph) == {
        "x": ("Input", [], 0),
        "dense_1": ("Dense", ["x"], 1),
        "relu_1": ("ReLU", ["dense_1"], 2),
        "dense_2": ("Dense", ["relu_1"], 3),
    }
    assert graph["edges"] == [["x", "dense_1"], ["dense_1", "relu_1"], ["relu_1", "dense_2"]]
    dense = graph["nodes"][1]
    assert (dense["output"], dense["parameters"], dense["arrays"]) == ([3], 15, {"W": [4, 3], "b": [3]})


def test_a_network_of_one_layer_has_the_empty_path():
    assert described(graph_of(Dense(2), ones(3))) == {"x": ("Input", [], 0), "": ("Dense", ["x"], 1)}


def test_branches_part_and_meet():
    model = Chain(Residual(Dense(4), Tanh()), Concat(Dense(2), Chain(Dense(3), ReLU())), Dense(1))
    found = described(graph_of(model, ones(4)))
    assert found["residual_1/sum"] == ("Add", ["x", "residual_1/tanh_1"], 3)
    assert found["concat_1/join"] == ("Join", ["concat_1/dense_1", "concat_1/chain_1/relu_1"], 6)
    assert found["dense_1"] == ("Dense", ["concat_1/join"], 7)


def test_a_layer_through_time_is_one_node_however_many_steps():
    model = Chain(
        Concat(Recurrent(LSTM(3)), Recurrent(GRU(3), reverse=True)), TimeDistributed(Dense(4)), TransformerBlock(2)
    )
    graph = graph_of(model, ones(20, 5))
    assert [(node["kind"], node["cell"]) for node in graph["nodes"]] == [
        ("Input", False),
        ("LSTM", True),
        ("GRU", True),
        ("Join", False),
        ("Dense", False),
        ("TransformerBlock", False),
    ]
    assert described(graph)["time_distributed_1/dense_1"][1] == ["concat_1/join"]


def test_several_inputs_are_nodes_of_their_own():
    model = Chain(Parallel(a=Dense(2), b=Dense(3)), Join())
    graph = graph_of(model, {"a": ones(4), "b": ones(5)})
    assert [node["path"] for node in graph["nodes"]][:2] == ["x/a", "x/b"]
    assert described(graph)["parallel_1/b"][1] == ["x/b"]


def test_a_layer_named_as_the_input_is_told_apart():
    assert list(described(graph_of(Chain(x=Dense(2), y=Dense(1)), ones(3)))) == ["input x", "x", "y"]


@pytest.mark.parametrize(
    "model",
    [Chain(Conv2D(2, 3), Flatten(), Dense(2)), Chain(Residual(Conv2D(1, 3, padding="same")), Flatten())],
)
def test_every_layer_with_weights_is_a_node(model):
    x = ones(6, 6, 1)
    params, state = model.init(ops.key(0), x)
    nodes = {node["path"] for node in network_graph(model, params, state, x)["nodes"]}
    assert set(record(model, params, state, x)) <= nodes


def test_attention_is_one_node():
    found = described(graph_of(Chain(MultiHeadAttention(2), Dense(3)), ones(5, 4)))
    assert [kind for kind, _, _ in found.values()] == ["Input", "MultiHeadAttention", "Dense"]
