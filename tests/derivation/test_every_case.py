"""Every case of the conformance table, told: one weight and one input of each, held against the engine."""

from __future__ import annotations

import numpy as np
import pytest

from cases import CASES
from pellucid.check import LayerCase
from pellucid.check.inputs import bind_inputs
from pellucid.derivation.derive.deriver import Deriver
from pellucid.derivation.derive.target import weights_of
from pellucid.derivation.derive.trace_network import trace_network
from pellucid.derivation.rules import Entry
from pellucid.derivation.trace.names import Names
from pellucid.derivation.trace.terms import terms_of
from pellucid.layer import Loss
from pellucid.trees import flatten, leaves, tree_map


class SumOfSquares(Loss):
    """Half the squares of everything that comes out, whatever tree it is in; nobody wrote a rule for it."""

    uses_target = False

    def value(self, y, target=None):
        return sum(0.5 * (leaf**2).reshape(len(leaf), -1).sum(axis=1) for leaf in leaves(y))

    def gradient(self, y, target=None):
        return tree_map(lambda leaf: leaf, y)


def alike(inputs):
    """Whether every input has as many examples: else there is no mean over them."""
    return len({len(leaf) for leaf in leaves(inputs)}) == 1


LAYER_CASES = [case for case in CASES if isinstance(case, LayerCase) and alike(case.draw()["train"]["x"])]


def test_hardly_a_case_is_left_out():
    assert len(LAYER_CASES) > 0.95 * sum(isinstance(case, LayerCase) for case in CASES)


@pytest.mark.parametrize("train", [False, True], ids=("use", "train"))
@pytest.mark.parametrize("case", LAYER_CASES, ids=str)
def test_a_number_of_each_case(case, train):
    loss, inputs = SumOfSquares(), case.draw()["train"]
    target = np.zeros(len(next(leaves(inputs["x"]))))
    tree = bind_inputs(case.subject, inputs["x"], target, inputs["params"], inputs["state"], 1, None)
    trace = trace_network(case.subject, loss, tree, train)  # raises where the parts do not agree with the whole
    y, cache, _ = case.subject.forward(tree["params"], tree["state"], tree["x"], tree["key"], train)
    dparams, _ = case.subject.backward(tree["params"], cache, tree_map(lambda leaf: leaf / len(leaf), y))
    deriver = Deriver(trace, Names(len(trace.values)), terms_of(loss, trace.y, trace.target))
    rng = np.random.default_rng(0)
    for path, (nodes, inside) in list(weights_of(trace).items())[:3]:
        index = tuple(int(rng.integers(n)) for n in flatten(nodes[0].params)[inside].shape)
        step = deriver.weight(nodes, inside, index)
        step.check()
        assert step.why
        largest = np.abs(flatten(dparams)[path]).max()
        assert step.value == pytest.approx(flatten(dparams)[path][index], rel=1e-12, abs=1e-13 * largest)
    wire = flatten(trace.x)[next(iter(flatten(trace.x)))]
    deriver.entry(Entry(wire, tuple(int(rng.integers(n)) for n in wire.value.shape))).check()
