"""Where nobody says which weight to explain, it is the one that moves most in the first layer that moves."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.combinators import Chain
from pellucid.derivation.derive.largest_gradient import element_name, weight_of_largest_gradient
from pellucid.errors import ExplainError
from pellucid.layers import Dense, ReLU, Tanh
from pellucid.losses import HalfSquaredError

X, Y = np.array([[1.0, -3.0]]), np.array([[1.0]])
TWO = Chain(Dense(2), Dense(1))
PARAMS = {
    "dense_1": {"W": np.array([[0.1, 0.2], [0.3, 0.4]]), "b": np.array([5.0, -6.0])},
    "dense_2": {"W": np.array([[1.0], [-2.0]]), "b": np.zeros(1)},
}


def weight(model, params=None, x=X):
    return weight_of_largest_gradient(model, HalfSquaredError(), x, Y, params, None)


def test_the_largest_of_the_first_layer_is_taken_though_a_later_one_may_have_larger():
    assert weight(TWO, PARAMS) == "dense_1/W[1, 1]"  # by x_2 = -3 and the weight -2


def test_a_layer_that_does_not_move_is_passed_over():
    dead = {"dense_1": {"W": np.zeros((2, 2)), "b": -np.ones(2)}, "dense_2": PARAMS["dense_2"]}
    assert weight(Chain(Dense(2), ReLU(), Dense(1)), dead) == "dense_2/b[0]"


def test_a_bias_is_taken_where_there_is_nothing_else():
    assert weight(TWO, PARAMS, np.zeros((1, 2))) == "dense_1/b[1]"


def test_a_network_without_weights_is_told_to_name_an_input():
    with pytest.raises(ExplainError, match=r"Tanh\(\) has no weights: name an input, such as x\[0\]"):
        weight(Tanh(), x=Y)


@pytest.mark.parametrize(("index", "name"), [((0, 1), "a/W[0, 1]"), ((2,), "a/W[2]"), ((), "a/W")])
def test_elements_have_the_name_one_asks_for_them_by(index, name):
    assert element_name("a/W", index) == name
