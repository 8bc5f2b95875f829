"""Combinators as wires: which layer's output goes into which, by name."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import ops
from pellucid.combinators import Chain, Concat, Fork, FromLast, Parallel, Residual, TimeDistributed, WeightNoise
from pellucid.derivation.decompositions import trace_layer
from pellucid.derivation.trace.trace import Tracer, input_wires
from pellucid.layers import Dense, Identity, ReLU
from pellucid.masked import Masked
from pellucid.trees import flatten, tree_map

X = np.array([[1.0, -2.0]])


def traced(model, x, train=False):
    """The nodes of a model, each as its path, its inputs and its outputs; and the values that come out."""
    key = ops.key(0)
    params, state = model.init(key, x)
    tracer = Tracer(train)
    y = trace_layer(model, tracer, params, state, input_wires(x), "", key if model.is_random() else None)
    nodes = [(node.path, [w.name for w in node.inputs.values()], [*node.outputs]) for node in tracer.nodes]
    expected, _, _ = model.forward(params, state, x, None if not train else key, train)
    return nodes, tree_map(lambda wire: wire.value, y), expected


def connections(model, x=X):
    """From each node to its inputs; the values must be the model's own."""
    nodes, y, expected = traced(model, x)
    for path, leaf in flatten(expected).items():
        np.testing.assert_array_equal(flatten(y)[path], leaf)
    return {path: inputs for path, inputs, _ in nodes}


def test_a_chain_passes_the_output_of_one_layer_to_the_next():
    assert connections(Chain(a=Dense(2), b=ReLU(), c=Dense(1))) == {"a": ["x"], "b": ["a"], "c": ["b"]}


def test_a_chain_in_a_chain_is_a_longer_path():
    assert connections(Chain(a=Chain(b=ReLU()), c=ReLU())) == {"a/b": ["x"], "c": ["a/b"]}


def test_an_empty_chain_is_no_node():
    assert connections(Chain(a=Chain(), b=ReLU())) == {"b": ["x"]}


def test_a_residual_adds_its_input_to_its_branch():
    assert connections(Residual(a=Dense(2))) == {"a": ["x"], "sum": ["x", "a"]}
    assert connections(Chain(r=Residual())) == {"r/sum": ["x", "x"]}


def test_a_fork_gives_every_branch_the_same_input():
    assert connections(Fork(a=ReLU(), b=Identity())) == {"a": ["x"], "b": ["x"]}


def test_parallel_gives_each_branch_its_own():
    assert connections(Parallel(a=ReLU(), b=ReLU()), {"a": X, "b": 2.0 * X}) == {"a": ["x/a"], "b": ["x/b"]}


def test_concat_joins_its_branches():
    assert connections(Concat(a=ReLU(), b=Identity())) == {"a": ["x"], "b": ["x"], "join": ["a", "b"]}


def test_time_distributed_takes_every_step_as_an_example():
    assert connections(TimeDistributed(a=Dense(1)), np.ones((2, 3, 2))) == {
        "rows": ["x"],
        "a": ["rows"],
        "steps": ["a"],
    }


def test_from_last_takes_the_last_step_away_and_puts_it_back():
    assert connections(FromLast(a=Dense(1)), np.ones((2, 3, 2))) == {
        "difference": ["x"],
        "a": ["difference"],
        "sum": ["x", "a"],
    }


@pytest.mark.parametrize("model", [Residual(Identity()), TimeDistributed(Identity())], ids=repr)
def test_on_a_masked_sequence_a_combinator_is_one_node(model):
    x = Masked(np.ones((2, 3, 2)), np.ones((2, 3)))
    nodes, _, _ = traced(model, x)
    assert [path for path, _, _ in nodes] == [""]


def test_weight_noise_is_a_chain_in_use_and_one_node_in_training():
    model = WeightNoise(a=Dense(2), deviation=0.1)
    assert [path for path, _, _ in traced(model, X)[0]] == ["a"]
    assert [path for path, _, _ in traced(model, X, train=True)[0]] == [""]
