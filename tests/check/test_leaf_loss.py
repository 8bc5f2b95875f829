"""Only what a weight reaches is evaluated, and the loss is the same to the last digits."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import ops
from pellucid.cells import SimpleRNN
from pellucid.check import check_gradients, oracles
from pellucid.check.inputs import bind_inputs
from pellucid.check.leaf_loss import LeafLoss, split
from pellucid.check.problem import Problem
from pellucid.combinators import Chain, Recurrent, Residual
from pellucid.layers import BatchNorm, Conv1D, Dense, Dropout, Flatten, GlobalAveragePool1D, MaxPool1D, ReLU, Tanh
from pellucid.losses import HalfSquaredError
from pellucid.trees import flatten

CONVOLUTION = Chain(
    features=Chain(first=Conv1D(6, 3), bend=Tanh(), drop=Dropout(0.3), block=Chain(MaxPool1D(2), Conv1D(4, 3))),
    flat=Flatten(),
    head=Chain(BatchNorm(), Dense(5), ReLU(), Dense(3)),
)
RECURRENT = Chain(Dense(4), Recurrent(SimpleRNN(4)), Residual(Dense(4), Tanh()), GlobalAveragePool1D(), Dense(3))


def problem(model, x, train=False):
    tree = bind_inputs(model, x, np.random.default_rng(1).normal(size=(len(x), 3)), None, None, 0, None)
    return Problem.at(tree, model, HalfSquaredError(), train), tree


@pytest.mark.parametrize("train", [False, True])
@pytest.mark.parametrize("model", [CONVOLUTION, RECURRENT], ids=["convolution", "recurrent"])
def test_the_loss_is_that_of_the_whole_network(model, train):
    whole, tree = problem(model, np.random.default_rng(0).normal(size=(3, 10, 2)), train)
    rng = np.random.default_rng(2)
    for path in whole.paths:
        which = rng.permutation(flatten(tree)[path].size)[:7]
        offsets = rng.normal(size=len(which))
        wanted = oracles.one_by_one(whole.value, tree, path)(which, offsets)
        np.testing.assert_allclose(
            LeafLoss(whole, path).line(tree, 20)(which, offsets), wanted, rtol=1e-12, err_msg=path
        )


def test_compiled_too_unit_by_unit_or_not(monkeypatch):
    path = "params/head/dense_1/W"
    whole, tree = problem(CONVOLUTION, np.random.default_rng(0).normal(size=(3, 10, 2)), train=True)
    which, offsets = np.arange(0, 30, 4), np.linspace(-0.1, 0.1, 8)
    wanted = oracles.one_by_one(whole.value, tree, path)(which, offsets)
    monkeypatch.setattr(oracles, "LOOP_UP_TO", 0)
    for apart in (True, False):
        if not apart:
            monkeypatch.setattr(LeafLoss, "units_apart", lambda self, tree: False)
        np.testing.assert_allclose(LeafLoss(whole, path).line(tree, 8)(which, offsets), wanted, rtol=1e-12)


def test_whose_units_are_apart_is_found_out():
    class Mixed(Dense):
        """The last unit sees all the others."""

        def forward(self, params, state, x, key=None, train=False):
            y, cache, state = super().forward(params, state, x, key, train)
            return y + 1e-6 * (np.arange(self.units) == self.units - 1) * y.sum(axis=-1, keepdims=True), cache, state

    x = np.random.default_rng(0).normal(size=(3, 4))
    for layer, apart in ((Dense(5), True), (Mixed(5), False), (Dense(1), False), (Residual(Dense(4)), True)):
        whole, tree = problem(Chain(Tanh(), layer, Dense(3)), x)
        path = next(path for path in whole.paths if path.endswith("W"))
        own = LeafLoss(whole, path)
        assert own.units_apart(own.reaching(tree)) is apart, layer
    whole, tree = problem(RECURRENT, np.random.default_rng(0).normal(size=(3, 10, 2)))
    for path in (path for path in whole.paths if "recurrent" in path):
        own = LeafLoss(whole, path)
        assert not own.units_apart(own.reaching(tree)), path


def test_layers_before_the_weight_run_once():
    runs = []

    class Counted(Tanh):
        """Tanh, which counts."""

        def forward(self, params, state, x, key=None, train=False):
            runs.append(1)
            return super().forward(params, state, x, key, train)

    whole, tree = problem(Chain(Counted(), Chain(Tanh(), Dense(3))), np.ones((2, 4)))
    runs.clear()
    line = LeafLoss(whole, "params/chain_1/dense_1/W").line(tree, 12)
    line(np.arange(12), np.full(12, 0.1))
    assert len(runs) == 1


@pytest.mark.parametrize("names", [["features", "block", "conv1d_1"], ["flat"], ["head", "dense_2"]], ids="/".join)
@pytest.mark.parametrize("behind", [False, True])
def test_both_parts_are_the_whole(names, behind):
    x = np.random.default_rng(0).normal(size=(3, 10, 2))
    params, state = CONVOLUTION.init(ops.key(0), x)
    first, second = split(CONVOLUTION, names, behind)
    key = ops.key(3)
    between, _, _ = first.forward(params, state, x, key, True)
    y, _, _ = second.forward(params, state, between, key, True)
    assert (y == CONVOLUTION.forward(params, state, x, key, True)[0]).all()


def test_a_fault_among_many_weights_is_found_where_it_is():
    class LastWrong(Dense):
        def backward(self, params, cache, dy):
            dparams, dx = super().backward(params, cache, dy)
            dparams["W"][-1, -1] += 1.0
            return dparams, dx

    x = np.random.default_rng(0).normal(size=(1, 30))
    report = check_gradients(Chain(Dense(60), Tanh(), LastWrong(80), Dense(3)), HalfSquaredError(), x, x[:, :3])
    assert report.wrong == ("last_wrong_1/W", "all at once")
    row = next(row for row in report.leaves if row.path == "last_wrong_1/W")
    assert row.checked == 4800  # more than are compared at a time
    assert row.numerical.where == (59, 79)
    assert row.numerical.absolute == pytest.approx(1.0, rel=1e-6)
