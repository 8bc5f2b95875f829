"""Each layer's rule against the layer itself: every output, every weight and every input of every case."""

from __future__ import annotations

import numpy as np
import pytest

from cases import ATTENTION, COMBINATORS, LAYERS, RECURRENT
from pellucid import Chain, explain, ops
from pellucid.check.inputs import bind_inputs
from pellucid.combinators import Concat, Fork, FromLast, Join, Residual, TimeDistributed
from pellucid.derivation.derive.deriver import Deriver
from pellucid.derivation.derive.trace_network import trace_network
from pellucid.derivation.rules import RULES, Entry
from pellucid.derivation.trace.names import Names
from pellucid.derivation.trace.terms import terms_of
from pellucid.layers import Dense, Embedding, Flatten, GlobalAveragePool1D, Identity, Mask, Permute, ReLU
from pellucid.losses import LossSum, MeanSquaredError
from pellucid.masked import Masked
from pellucid.trees import flatten, tree_map

CASES = [case for case in (*LAYERS, *ATTENTION, *COMBINATORS, *RECURRENT) if type(case.subject) in RULES]
"""Those of layers that have a rule of their own."""

both = pytest.mark.parametrize("train", [False, True], ids=("use", "train"))
each = pytest.mark.parametrize("case", CASES, ids=str)


def problem(case, train):
    """The layer alone as a network, its loss, inputs and target; what is Masked is averaged: losses are of arrays."""
    layer, inputs = case.subject, case.draw(batch=2)["train"]
    y, _, _ = layer.forward(inputs["params"], inputs["state"], inputs["x"], inputs["key"], train)
    masked = isinstance(y, Masked)
    model = Chain(layer, GlobalAveragePool1D()) if masked else Chain(layer)
    rng = np.random.default_rng(1)
    shapes = {"": (len(y.mask), y.values.shape[-1])} if masked else {k: v.shape for k, v in flatten(y).items()}
    target = {path: rng.standard_normal(shape) for path, shape in shapes.items()}
    if isinstance(y, dict):
        return model, LossSum(**dict.fromkeys(y, MeanSquaredError())), inputs, target
    return model, MeanSquaredError(), inputs, target[""]


def deriver_of(case, train):
    model, loss, inputs, target = problem(case, train)
    first = model.names[0]
    rest = {name: {} for name in model.names[1:]}
    tree = bind_inputs(model, inputs["x"], target, {first: inputs["params"], **rest}, None, 3, None)
    trace = trace_network(model, loss, tree, train)
    return Deriver(trace, Names(len(trace.values)), terms_of(loss, trace.y, trace.target))


def proved(step):
    assert step.formula is not None, step.name
    assert step.why
    step.check()


@each
@both
def test_every_output_comes_about_as_its_rule_says(case, train):
    deriver = deriver_of(case, train)
    for wire in deriver.trace.nodes[0].outputs.values():
        for index in np.ndindex(wire.value.shape):
            proved(deriver.output(Entry(wire, index)))


@each
@both
def test_every_gradient_by_a_weight_is_that_of_the_engine(case, train):
    deriver = deriver_of(case, train)
    node = deriver.trace.nodes[0]
    for path, gradient in flatten(node.dparams).items():
        for index in np.ndindex(gradient.shape):
            step = deriver.weight([node], path, index)
            proved(step)
            assert step.formula.value == pytest.approx(gradient[index], rel=1e-12, abs=1e-15)


@each
@both
def test_every_gradient_by_an_input_is_that_of_the_engine(case, train):
    deriver = deriver_of(case, train)
    for wire in flatten(deriver.trace.x).values():
        for index in np.ndindex(wire.value.shape):
            step = deriver.entry(Entry(wire, index))
            proved(step)
            assert step.formula.value == pytest.approx(wire.gradient[index], rel=1e-12, abs=1e-15)


@each
def test_the_whole_explanation_of_a_number_is_verified(case):
    model, loss, inputs, target = problem(case, True)
    weights = flatten(inputs["params"])
    wires = flatten(tree_map(np.ndim, inputs["x"]))
    path, rank = next(iter(wires.items()))
    subject = f"x/{path}" if path else "x"
    if weights:
        path = next(iter(weights))
        subject, rank = f"{model.names[0]}/{path}", weights[path].ndim
    given = explain(model, loss, inputs["x"], target, f"{subject}{[0] * rank}", train=True)
    assert all(step.formula is not None for step in (*given.forward, *given.backward))
    given.verify()


def test_numbers_are_named_by_example_and_step():
    """Steps that are taken for examples keep their number, with one example too."""
    x, y = np.arange(6.0).reshape(1, 3, 2), np.zeros((1, 3, 1))
    given = explain(Chain(TimeDistributed(Dense(1))), MeanSquaredError(), x, y, "x[2, 1]")
    names = {step.name for step in given.steps()}
    assert {"time_distributed_1/rows[0, 0]", "time_distributed_1/dense_1[2, 0]"} <= names


WORDS = np.array([[0, 3, 1], [2, 2, 3]])
TWICE = (Concat(Identity(), Chain()), GlobalAveragePool1D())


@pytest.mark.parametrize(
    ("model", "x", "subject"),
    [
        (Chain(Fork(Dense(3), Identity()), Join(), Dense(2)), (2, 4), "fork_1/dense_1/W[1, 0]"),
        (Chain(Fork(Dense(3), Identity()), Join(), Dense(2)), (2, 4), "x[1, 1]"),
        (Chain(Concat(Chain(), Dense(3), Chain())), (2, 4), "x[1, 1]"),
        (Chain(Residual(Residual(Dense(4)))), (2, 4), "x[1, 1]"),
        (Chain(Residual()), (2, 4), "x[1, 1]"),
        (Chain(Mask(), *TWICE), (2, 3, 4), "x[1, 2, 1]"),
        (Chain(Embedding(4, 2, padding=3), *TWICE), WORDS, "embedding_1/W[2, 1]"),
        *[
            (Chain(FromLast(Permute((2, 1)), Dense(2), Permute((2, 1)), Dense(3))), (2, 3, 4), subject)
            for subject in ("x[1, 0, 1]", "x[1, 2, 1]", "x[1, 2, 3]", "from_last_1/dense_1/W[1, 0]")
        ],
        (Chain(TimeDistributed(Dense(2), ReLU()), Flatten()), (2, 3, 4), "time_distributed_1/dense_1/W[2, 1]"),
    ],
    ids=str,
)
def test_the_wiring_is_explained_too(model, x, subject):
    rng = np.random.default_rng(0)
    x = rng.standard_normal(x) if isinstance(x, tuple) else x
    y, _, _ = model.forward(*model.init(ops.key(0), x), x)
    given = explain(model, MeanSquaredError(), x, rng.standard_normal(y.shape), subject)
    assert given.value != 0.0
    for step in given.steps():
        assert step.formula is not None or step.section == "check"
