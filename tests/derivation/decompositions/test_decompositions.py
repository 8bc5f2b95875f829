"""Layers of several steps, decomposed: the same numbers as the layer gives, each with a name and a formula."""

from __future__ import annotations

import math
from itertools import islice

import numpy as np
import pytest

from cases import CASES, MASK
from pellucid import ops
from pellucid.blocks import TiedAutoencoder, TransformerBlock
from pellucid.cells import GRU, LSTM, SimpleRNN
from pellucid.check import LayerCase
from pellucid.combinators import Chain, Recurrent
from pellucid.derivation import explain, primitives
from pellucid.derivation.algebra.expression import Sum
from pellucid.derivation.derive.deriver import Deriver
from pellucid.derivation.derive.trace_network import trace_network
from pellucid.derivation.rules import Entry
from pellucid.derivation.rules.primitives import PRIMITIVE_RULES
from pellucid.derivation.trace.names import Names
from pellucid.derivation.trace.terms import terms_of
from pellucid.errors import ExplainError
from pellucid.layer import Layer
from pellucid.layers import BatchNorm, ContractiveDense, Dense, GroupNorm, LayerNorm, MultiHeadAttention
from pellucid.losses import HalfSquaredError, LossSum
from pellucid.masked import Masked
from pellucid.shape_inference import first_weights
from pellucid.spec import find
from pellucid.trees import flatten, tree_map

KINDS = (BatchNorm, ContractiveDense, GroupNorm, LayerNorm, MultiHeadAttention, Recurrent, TiedAutoencoder)
DECOMPOSED = [
    case
    for case in CASES
    if isinstance(case, LayerCase)
    and isinstance(case.subject, (*KINDS, TransformerBlock))
    and not isinstance(case.x, Masked)
]


def tree_of(model, x, seed=0):
    """What a trace is made of: weights with a little noise, so that no bias is 0 and no gain 1, and any targets."""
    rng = np.random.default_rng(seed)
    params, state = first_weights(model, ops.key(0), x)
    params = tree_map(lambda leaf: leaf + 0.1 * rng.standard_normal(leaf.shape), params)
    key = ops.key(1) if model.is_random() else None
    y, _, _ = model.forward(params, state, x, key, True)
    target = tree_map(lambda leaf: rng.standard_normal(leaf.shape), y)
    count = len(next(iter(flatten(x).values())))
    share = np.full(count, 1 / count)
    return {"params": params, "state": state, "x": x, "key": key, "target": target, "share": share}


def derivation(model, tree, train):
    names = ("code", "contraction")
    loss = LossSum(**dict.fromkeys(names, HalfSquaredError())) if isinstance(model, ContractiveDense) else None
    trace = trace_network(model, loss or HalfSquaredError(), tree, train)
    return trace, Deriver(trace, Names(len(trace.values)), terms_of(trace.loss, trace.y, trace.target))


def weights_of(trace):
    """Every weight: where it is, all nodes that use it, and one place in it."""
    found = {}
    for node in trace.nodes:
        for leaf, array in flatten(node.params).items():
            path = f"{node.path}/{leaf}" if node.path else leaf
            last = tuple(size - 1 for size in array.shape)
            found.setdefault(path, ([], leaf, last))[0].append(node)
    return found


def engine(trace, tree, train):
    y, cache, _ = trace.model.forward(tree["params"], tree["state"], tree["x"], tree["key"], train)
    dy = trace.loss.gradient(y, tree["target"])
    dy = tree_map(lambda leaf: leaf * tree["share"].reshape(-1, *(1,) * (leaf.ndim - 1)), dy)
    dparams, dx = trace.model.backward(tree["params"], cache, dy)
    return y, flatten(dparams), dx


@pytest.mark.parametrize("train", [False, True], ids=["use", "train"])
@pytest.mark.parametrize("case", DECOMPOSED, ids=str)
def test_every_number_is_the_layers_own_and_has_a_formula(case, train):
    model = case.subject
    tree = {**tree_of(model, case.inputs["train"]["x"]), "state": case.inputs["train"]["state"]}
    trace, deriver = derivation(model, tree, train)
    y, dparams, dx = engine(trace, tree, train)
    for path, wire in flatten(trace.y).items():
        np.testing.assert_allclose(wire.value, flatten(y)[path], rtol=0, atol=1e-12)
    np.testing.assert_allclose(trace.x.gradient, dx, rtol=0, atol=1e-12)
    weights = weights_of(trace)
    assert weights.keys() == dparams.keys()
    for path, (nodes, leaf, index) in weights.items():
        last = deriver.weight(nodes, leaf, index)
        assert last.value == pytest.approx(dparams[path][index], rel=1e-12, abs=1e-13), path
        last.check()
    subject = deriver.entry(Entry(trace.x, (0,) * trace.x.value.ndim))
    assert subject.value == pytest.approx(dx[(0,) * dx.ndim], rel=1e-12, abs=1e-13)
    subject.check()
    for step in deriver.forward():
        step.check()
        assert step.formula is not None or "dropout" in step.name or "gelu" in step.name, step.name
        assert step.why


@pytest.mark.parametrize("train", [False, True], ids=["use", "train"])
@pytest.mark.parametrize(
    "case", [case for case in DECOMPOSED if not isinstance(case.subject, TransformerBlock)], ids=str
)
def test_every_gradient_between_the_primitives_has_a_formula(case, train):
    tree = {**tree_of(case.subject, case.inputs["train"]["x"]), "state": case.inputs["train"]["state"]}
    trace, deriver = derivation(case.subject, tree, train)
    for node in trace.nodes:
        for wire in node.outputs.values():
            for index in islice(np.ndindex(wire.value.shape), 4):
                step = deriver.entry(Entry(wire, index))
                assert step.formula is not None, step.name
                step.check()


@pytest.mark.parametrize("cell", [SimpleRNN(2), LSTM(2), GRU(2), GRU(2, reset="after")], ids=repr)
def test_the_gradient_by_a_recurrent_weight_is_a_sum_over_time_with_a_row_a_step(cell):
    model = Chain(Recurrent(cell, return_sequences=False), Dense(1))
    tree = tree_of(model, np.random.default_rng(0).standard_normal((1, 4, 3)))
    trace, deriver = derivation(model, tree, False)
    nodes, leaf, index = weights_of(trace)["recurrent_1/U"]
    step = deriver.weight(nodes, leaf, index)
    assert isinstance(step.formula, Sum)
    assert [next(term.symbols()).name.split("/")[2] for term in step.formula.terms] == ["t0", "t1", "t2", "t3"]


def test_gates_have_names_and_the_forget_gate_scales_the_memory():
    model = Chain(Recurrent(LSTM(2)), Dense(1))
    tree = tree_of(model, np.random.default_rng(0).standard_normal((1, 3, 2)))
    trace, deriver = derivation(model, tree, False)
    wires = {wire.name: wire for node in trace.nodes for wire in node.outputs.values()}
    here = {name.split("/")[-1] for name in wires if name.startswith("recurrent_1/t1/")}
    gates = {"input", "forget", "proposal", "output"}
    assert here == {*gates, *(f"{gate}_net" for gate in gates), "memory", "memory_tanh", "h"}
    memory = deriver.output(Entry(wires["recurrent_1/t1/memory"], (0, 1)))
    assert [symbol.name for symbol in memory.formula.symbols()] == [
        "recurrent_1/t1/forget[1]",
        "recurrent_1/t0/memory[1]",
        "recurrent_1/t1/input[1]",
        "recurrent_1/t1/proposal[1]",
    ]
    before = deriver.entry(Entry(wires["recurrent_1/t0/memory"], (0, 1)))
    assert "recurrent_1/t1/forget[1]" in [symbol.name for symbol in before.formula.symbols()]


def test_two_steps_by_hand():
    w, u, b, x, target = 0.5, 2.0, 0.1, (1.0, -0.3), 0.4
    h0 = math.tanh(w * x[0] + b)
    h1 = math.tanh(w * x[1] + u * h0 + b)
    error = h1 - target
    by_w = error * (1 - h1**2) * (x[1] + u * (1 - h0**2) * x[0])
    params = {"W": np.array([[w]]), "U": np.array([[u]]), "b": np.array([b])}
    model = Recurrent(SimpleRNN(1), return_sequences=False)
    given = np.array(x).reshape(1, 2, 1), np.array([[target]])
    found = explain(model, HalfSquaredError(), *given, "W[0, 0]", params=params)
    assert found.value == pytest.approx(by_w, rel=1e-12)
    between = explain(model, HalfSquaredError(), *given, "t0/h[0]", params=params)
    assert between.value == pytest.approx(error * (1 - h1**2) * u, rel=1e-12)


def test_a_number_goes_through_batch_normalisation_in_three_ways():
    model = BatchNorm()
    tree = tree_of(model, np.random.default_rng(0).standard_normal((4, 3)))
    trace, deriver = derivation(model, tree, True)
    step = deriver.entry(Entry(trace.x, (1, 2)))
    ways = [next(term.symbols()).name for term in step.formula.terms]
    assert sorted(ways) == ["∂E/∂mean[2]", "∂E/∂variance[2]", "∂E/∂x_hat[1, 2]"]
    assert "every example changes the mean of the batch" in step.why
    _, in_use = derivation(model, tree, False)
    straight = in_use.entry(Entry(in_use.trace.x, (1, 2)))
    assert next(symbol.name for symbol in straight.formula.symbols()) == "∂E/∂x_hat[1, 2]"
    assert not isinstance(straight.formula, Sum)


def test_streams_begin_with_what_was_carried():
    model = Recurrent(LSTM(2), streams=1)
    tree = tree_of(model, np.random.default_rng(0).standard_normal((1, 2, 3)))
    tree["state"] = {"carry": {"h": np.array([[0.3, -0.2]]), "c": np.array([[0.7, 0.1]])}}
    trace, deriver = derivation(model, tree, True)
    memory = next(wire for node in trace.nodes for wire in node.outputs.values() if wire.name == "t0/memory")
    symbols = {symbol.name: symbol.number for symbol in deriver.output(Entry(memory, (0, 0))).formula.symbols()}
    assert symbols["start/c[0]"] == 0.7


def test_the_weight_of_a_tied_autoencoder_sums_both_uses():
    model = TiedAutoencoder(Chain(Dense(2)))
    trace, deriver = derivation(model, tree_of(model, np.random.default_rng(0).standard_normal((1, 3))), False)
    nodes, leaf, index = weights_of(trace)["encoder/dense_1/W"]
    step = deriver.weight(nodes, leaf, index)
    ways = [next(term.symbols()).name for term in step.formula.terms]
    assert ways == ["∂E/∂encoder/dense_1[1]", "∂E/∂decoder/dense_1/sum[2]"]


class OwnCell(SimpleRNN):
    """A cell that nobody has rules for."""


class OwnNorm(LayerNorm):
    """What derives from a layer may do something else."""

    def forward(self, params, state, x, key=None, train=False):
        y, cache, state = super().forward(params, state, x, key, train)
        return 2.0 * y, cache, state

    def backward(self, params, cache, dy):
        return super().backward(params, cache, 2.0 * dy)


def test_a_cell_of_ones_own_has_a_node_a_step():
    model = Recurrent(OwnCell(2))
    tree = tree_of(model, np.random.default_rng(0).standard_normal((2, 3, 2)))
    trace, deriver = derivation(model, tree, False)
    assert [type(node.layer) for node in trace.nodes] == [primitives.CellStep] * 3 + [primitives.Stack]
    _, dparams, _ = engine(trace, tree, False)
    for path, (nodes, leaf, index) in weights_of(trace).items():
        step = deriver.weight(nodes, leaf, index)
        step.check()
        assert step.value == pytest.approx(dparams[path][index], rel=1e-12)


def test_a_layer_of_ones_own_and_a_masked_sequence_stay_whole():
    own = OwnNorm()
    trace, _ = derivation(own, tree_of(own, np.random.default_rng(0).standard_normal((2, 3))), False)
    assert [type(node.layer) for node in trace.nodes] == [OwnNorm]
    masked = Recurrent(GRU(2), return_sequences=False)
    x = Masked(np.random.default_rng(0).standard_normal((3, 4, 2)), MASK)
    trace, _ = derivation(masked, tree_of(masked, x), False)
    assert [type(node.layer) for node in trace.nodes] == [Recurrent]


def test_what_is_not_the_layer_is_found(monkeypatch):
    monkeypatch.setattr(primitives.Deviation, "value", lambda self, params, x: np.sqrt(x))
    model = LayerNorm(epsilon=0.1)
    with pytest.raises(ExplainError, match="the decomposition of"):
        derivation(model, tree_of(model, np.ones((2, 3)) * [1.0, 2.0, 4.0]), False)


def test_a_wrong_gradient_of_a_primitive_is_found(monkeypatch):
    monkeypatch.setattr(primitives.Add, "gradients", lambda self, params, x, dy: ({}, (dy, 1.01 * dy)))
    model = Recurrent(GRU(2, reset="after"))
    with pytest.raises(ExplainError, match="gradient by"):
        derivation(model, tree_of(model, np.random.default_rng(0).standard_normal((2, 3, 2))), False)


@pytest.mark.parametrize("cell", [SimpleRNN(3), LSTM(3)], ids=repr)
def test_a_thousand_steps_are_derived_however_long_the_way(cell):
    model = Chain(Recurrent(cell), Recurrent(cell, return_sequences=False), Dense(1))
    tree = tree_of(model, np.random.default_rng(0).standard_normal((1, 1000, 2)))
    trace, deriver = derivation(model, tree, False)
    nodes, leaf, index = weights_of(trace)["recurrent_1/U"]
    step = deriver.weight(nodes, leaf, index)
    step.check()
    assert len(step.formula.terms) == 1000
    assert len(list(step.walk())) <= deriver.most + 1
    assert deriver.forward()


def test_every_primitive_has_a_rule():
    public = {getattr(primitives, name) for name in primitives.__all__}
    whole = {cls for cls in public if issubclass(cls, primitives.Primitive) and cls is not primitives.Primitive}
    assert whole == set(PRIMITIVE_RULES)


def test_a_step_of_causal_attention_sees_nothing_that_comes_later():
    model = MultiHeadAttention(1, causal=True)
    trace, deriver = derivation(model, tree_of(model, np.random.default_rng(0).standard_normal((1, 3, 2))), False)
    wires = {wire.name: wire for node in trace.nodes for wire in node.outputs.values()}
    assert set(wires) == {"q", "k", "v", "scores", "weights", "heads", "output"}
    seen = deriver.output(Entry(wires["weights"], (0, 0, 1, 0)))
    assert {symbol.name for symbol in seen.formula.symbols()} == {"scores[0, 1, 0]", "scores[0, 1, 1]"}
    unseen = Entry(wires["weights"], (0, 0, 1, 2))
    assert (unseen.value, deriver.output(unseen).formula.value) == (0.0, 0.0)
    value = deriver.entry(Entry(wires["v"], (0, 2, 0)))  # of the last step: only itself attends to it
    assert [symbol.name for symbol in value.formula.symbols()] == ["∂E/∂heads[2, 0]", "weights[0, 2, 2]"]


def test_what_is_not_finite_is_said_as_for_any_layer():
    model = Chain(LayerNorm(), Dense(1))
    tree = tree_of(model, np.random.default_rng(0).standard_normal((2, 3)))
    tree["params"]["layer_norm_1"]["gamma"][1] = np.inf
    with pytest.raises(ExplainError, match="layer_norm_1"):
        derivation(model, tree, False)


def test_no_specification_names_a_primitive():
    class Memory(Layer):
        """A layer of somebody's own, with the name of a primitive."""

        def forward(self, params, state, x, key=None, train=False):
            return x, {}, state

        def backward(self, params, cache, dy):
            return {}, dy

    assert find(Layer, "Memory") is Memory
