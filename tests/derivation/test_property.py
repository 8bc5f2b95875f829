"""Random small networks: every derivation checks itself, agrees with the engine, and holds as printed."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from derivation.printed import check_lines
from pellucid.check.inputs import bind_inputs
from pellucid.check.problem import Problem
from pellucid.combinators import Chain, Concat, Fork, Residual
from pellucid.derivation.derive.deriver import Deriver
from pellucid.derivation.derive.target import find_target
from pellucid.derivation.derive.trace_network import trace_network
from pellucid.derivation.explanation import Explanation
from pellucid.derivation.rules import Entry
from pellucid.derivation.trace.names import Names
from pellucid.derivation.trace.terms import terms_of
from pellucid.layer import Layer, Loss
from pellucid.layers import Dense, Identity, ReLU, Sigmoid, Softplus, Tanh
from pellucid.losses import (
    ActivityL1,
    GaussianKL,
    HalfSquaredError,
    Hinge,
    Huber,
    LossSum,
    MeanAbsoluteError,
    MeanSquaredError,
    SigmoidCrossEntropy,
    SoftmaxCrossEntropy,
)
from pellucid.trees import flatten
from pellucid.types import Tree

ACTIVATIONS = st.sampled_from([Tanh(), Sigmoid(), ReLU(), Softplus()])
ON_AMOUNTS = st.sampled_from([HalfSquaredError(), MeanSquaredError(), MeanAbsoluteError(), Huber(0.5)])
ON_LABELS = st.sampled_from([SoftmaxCrossEntropy(), SoftmaxCrossEntropy(label_smoothing=0.1), Hinge()])
ON_YES_NO = st.sampled_from([SigmoidCrossEntropy(), SigmoidCrossEntropy(label_smoothing=0.1)])


@st.composite
def bodies(draw: st.DrawFn) -> Layer:
    """One to three blocks, each of them plain, around, or side by side."""
    blocks: list[Layer] = []
    for _ in range(draw(st.integers(1, 3))):
        width, act = draw(st.integers(1, 3)), draw(ACTIVATIONS)
        kind = draw(st.sampled_from(["plain", "around", "beside"]))
        blocks.append(Dense(width))
        if kind == "plain":
            blocks.append(act)
        elif kind == "around":
            blocks.append(Residual(Dense(width), act))
        else:
            blocks.append(Concat(act, Dense(draw(st.integers(1, 2)))))
    return Chain(*blocks)


@st.composite
def tasks(draw: st.DrawFn, examples: int) -> tuple[Layer, Loss, Tree]:
    """What stands on the body, its loss, and targets."""
    rng = np.random.default_rng(draw(st.integers(0, 2**31)))
    k = draw(st.integers(2, 3))
    amounts, labels = rng.standard_normal((examples, k)), rng.integers(0, k, examples)
    kind = draw(st.sampled_from(["amounts", "labels", "yes or no", "sum", "code"]))
    if kind == "amounts":
        return Dense(k), draw(ON_AMOUNTS), amounts
    if kind == "labels":
        return Dense(k), draw(ON_LABELS), labels
    if kind == "yes or no":
        return Dense(k), draw(ON_YES_NO), (amounts > 0).astype(float)
    if kind == "sum":
        loss = LossSum(a=draw(ON_AMOUNTS), b=draw(ON_LABELS), c=ActivityL1(0.3), weights=(0.5, 2.0, 1.0))
        return Fork(a=Dense(k), b=Dense(k), c=Identity()), loss, {"a": amounts, "b": labels}
    return Fork(mean=Dense(k), log_variance=Dense(k)), GaussianKL(0.7), amounts


@given(st.data())
@settings(max_examples=25)
def test_any_gradient_of_any_small_network(data: st.DataObject) -> None:
    examples = data.draw(st.integers(1, 3))
    head, loss, target = data.draw(tasks(examples))
    model, seed = Chain(data.draw(bodies()), head), data.draw(st.integers(0, 2**31))
    x = 2.0 * np.random.default_rng(seed).standard_normal((examples, 2))
    tree = bind_inputs(model, x, target, None, None, seed % 1000, None)
    trace = trace_network(model, loss, tree, train=False)
    deriver = Deriver(trace, Names(examples), terms_of(loss, trace.y, target))
    gradients = Problem.at(tree, model, loss, train=False).backward(tree)[2]
    here = flatten({**gradients["params"], "x": gradients["x"]})
    path = data.draw(st.sampled_from(sorted(here)))
    index = tuple(data.draw(st.integers(0, size - 1)) for size in here[path].shape)
    subject = find_target(trace, deriver.names, f"{path}{list(index if path != 'x' or examples > 1 else index[1:])}")
    last = deriver.entry(subject) if isinstance(subject, Entry) else deriver.weight(*subject)
    explanation = Explanation(last.name, last.value, (*deriver.forward(), deriver.error), (last,))
    explanation.verify()
    check_lines(explanation)
    assert last.formula is not None
    scale = max(abs(here[path][index]), last.formula.scale)
    assert abs(last.value - here[path][index]) <= 1e-12 * scale
    assert abs(last.formula.value - here[path][index]) <= 1e-12 * scale
