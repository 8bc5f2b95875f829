"""Exact tests of the network, each with one that holds and one that does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pellucid.combinators import Chain
from pellucid.data import Split
from pellucid.diagnosis.exact.gradients import gradients
from pellucid.diagnosis.exact.network import ignored_inputs, no_nonlinearity, outputs_by_example, symmetric_units
from pellucid.initializers import Constant, Zeros
from pellucid.layers import Dense, Softmax, Tanh
from small_trainings import of_classes


class WrongSign(Dense):
    def backward(self, params, cache, dy):
        dparams, dx = super().backward(params, cache, dy)
        return {**dparams, "W": -dparams["W"]}, dx


class OverExamples(Softmax):
    def forward(self, params, state, x, key=None, train=False):
        y, cache, state = super().forward(params, state, x.T, key, train)
        return y.T, cache, state


def test_a_backward_with_the_wrong_sign_is_named():
    (found,) = gradients(of_classes(Chain(WrongSign(3), Tanh(), Dense(2))))
    assert found.sure == "error"
    assert "wrong_sign" in found.path
    assert gradients(of_classes()) == []


def test_units_that_start_alike_stay_alike():
    (found,) = symmetric_units(of_classes(Chain(Dense(4, weight=Constant(0.1)), Tanh(), Dense(2, weight=Zeros()))))
    assert (found.sure, dict(found.numbers)) == ("error", {"units": 4, "different": 1})
    assert symmetric_units(of_classes()) == []


def test_alike_outputs_alone_are_told_apart_by_their_targets():
    assert symmetric_units(of_classes(Chain(Dense(4), Tanh(), Dense(2, weight=Zeros())))) == []


def test_dense_layers_with_nothing_between_them_are_one():
    assert [found.name for found in no_nonlinearity(of_classes(Chain(Dense(4), Dense(2))))] == ["no non-linearity"]
    assert no_nonlinearity(of_classes()) == []
    assert no_nonlinearity(of_classes(Chain(Dense(1), Dense(2)))) == []  # a bottleneck is meant


def test_a_softmax_over_the_examples_mixes_them():
    assert [found.name for found in outputs_by_example(of_classes(Chain(Dense(2), OverExamples())))] == [
        "network mixes examples"
    ]
    assert outputs_by_example(of_classes(Chain(Dense(2), Softmax()))) == []


def test_inputs_that_are_all_zero_are_not_used():
    case = of_classes()
    zeroed = replace(case, train=Split(np.zeros_like(case.train.x), case.train.y))
    assert "inputs of all examples are the same" in ignored_inputs(zeroed)[0].seen
    assert ignored_inputs(case) == []
