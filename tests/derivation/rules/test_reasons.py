"""What rules say, and figures worked out by hand."""

from __future__ import annotations

import time

import numpy as np
import pytest

from pellucid import Chain, explain
from pellucid.check.inputs import bind_inputs
from pellucid.derivation.derive.deriver import Deriver
from pellucid.derivation.derive.trace_network import trace_network
from pellucid.derivation.render.formulas import format_symbols
from pellucid.derivation.rules import RULES
from pellucid.derivation.trace.names import Names
from pellucid.derivation.trace.terms import terms_of
from pellucid.layers import (
    ELU,
    Activation,
    AveragePool1D,
    Conv1D,
    Conv2D,
    Dense,
    Dropout,
    Embedding,
    Flatten,
    GlobalMaxPool1D,
    HardTanh,
    Maxout,
    MaxPool2D,
    ReLU,
    Softmax,
    Step,
    UpSample1D,
)
from pellucid.losses import HalfSquaredError, SoftmaxCrossEntropy

SQUARE = np.array([[1.0, 2.0, 0.0], [3.0, -1.0, 1.0], [0.0, 2.0, 5.0]]).reshape(1, 3, 3, 1)


def steps(model, x, target, weight, **options):
    """The explanation, and its steps by name."""
    given = explain(model, HalfSquaredError(), np.asarray(x), np.asarray(target), weight, **options)
    return given, {step.name: step for last in (*given.forward, *given.backward) for step in last.walk()}


def test_a_shared_weight_adds_up_over_its_windows():
    """W = (2, -1), b = 0.5 on x = (1, 3, 2, 5): y = (-0.5, 4.5, -0.5); with targets 0, dW_0 = -0.5 + 13.5 - 1."""
    params = {"conv1d_1": {"W": np.array([2.0, -1.0]).reshape(2, 1, 1), "b": np.array([0.5])}}
    x = np.array([1.0, 3.0, 2.0, 5.0]).reshape(1, 4, 1)
    given, by_name = steps(Chain(Conv1D(1, 2)), x, np.zeros((1, 3, 1)), "conv1d_1/W[0, 0, 0]", params=params)
    assert given.value == pytest.approx(12.0)
    assert by_name["conv1d_1[1, 0]"].value == pytest.approx(4.5)
    assert format_symbols(given.backward[0].formula) == (
        "∂E/∂conv1d_1[0, 0] * x[0, 0] + ∂E/∂conv1d_1[1, 0] * x[1, 0] + ∂E/∂conv1d_1[2, 0] * x[2, 0]"
    )


def test_a_window_is_shown_with_its_padding():
    params = {"conv2d_1": {"W": np.arange(4.0).reshape(2, 2, 1, 1), "b": np.zeros(1)}}
    model = Chain(Conv2D(1, 2, padding="same"))
    given, by_name = steps(model, SQUARE, np.zeros((1, 3, 3, 1)), "conv2d_1/b[0]", params=params)
    window, kernel = by_name["conv2d_1[1, 2, 0]"].grids
    assert window.rows == ((1.0, 0.0), (5.0, 0.0))
    assert kernel.rows == ((0.0, 1.0), (2.0, 3.0))
    lines = [line.strip() for line in given.text().splitlines()]
    at = next(i for i, line in enumerate(lines) if "conv2d_1[2, 0, 0] = " in line)
    at += lines[at:].index("x in the window, channel 0:")
    assert lines[at : at + 6] == [
        "x in the window, channel 0:",
        "0  2",
        "0  0",
        "the kernel of filter 0 for it:",
        "0  1",
        "2  3",
    ]


def test_pooling_says_who_won():
    model = Chain(MaxPool2D(2, stride=1))
    _, by_name = steps(model, SQUARE, np.ones((1, 2, 2, 1)), "x[1, 0, 0]")
    assert by_name["max_pool2d_1[0, 0, 0]"].why.endswith("x[1, 0, 0] won")
    assert by_name["∂E/∂x[1, 0, 0]"].why.endswith("x[1, 0, 0] won in 2 windows")
    assert by_name["∂E/∂x[1, 0, 0]"].value == pytest.approx(4.0)
    _, by_name = steps(model, SQUARE, np.ones((1, 2, 2, 1)), "x[1, 1, 0]")
    assert by_name["∂E/∂x[1, 1, 0]"].why.endswith("won in no window")
    _, by_name = steps(Chain(GlobalMaxPool1D()), [[[1.0], [4.0], [2.0]]], [[0.0]], "x[2, 0]")
    assert by_name["global_max_pool1d_1[0]"].why.endswith("of 3 places, x[1, 0] won")
    assert by_name["∂E/∂x[2, 0]"].why.endswith("x[2, 0] did not win")


def test_the_padding_of_an_average_does_not_count():
    _, by_name = steps(Chain(AveragePool1D(3, padding="same")), [[[1.0], [4.0]]], [[[0.0]]], "x[1, 0]")
    assert format_symbols(by_name["average_pool1d_1[0, 0]"].formula) == "(x[0, 0] + x[1, 0]) / 2"
    assert by_name["∂E/∂x[1, 0]"].value == pytest.approx(1.25)


@pytest.mark.parametrize(
    ("layer", "x", "slope", "end"),
    [
        (ReLU(), 2.0, 1.0, "here it is above 0"),
        (ReLU(), -2.0, 0.0, "here it is not above 0"),
        (ELU(), -1.0, np.exp(-1.0), "here it is not above 0"),
        (HardTanh(), 0.5, 1.0, "here it is between them"),
        (HardTanh(), -3.0, 0.0, "here it is not between them"),
        (Step(), 0.5, 0.0, "here it is above 0"),
    ],
    ids=repr,
)
def test_a_piecewise_activation_says_which_piece(layer, x, slope, end):
    given, by_name = steps(Chain(layer), [[x]], [[-9.0]], "x[0]")
    y = next(step for step in given.forward if step.name != "E")
    assert y.why.endswith(end)
    assert by_name["∂E/∂x[0]"].why.endswith(end)
    assert by_name["∂E/∂x[0]"].value == pytest.approx(slope * (y.value + 9.0))


@pytest.mark.parametrize("kind", [kind for kind in RULES if issubclass(kind, Activation)])
@pytest.mark.parametrize("x", [-800.0, -30.0, -1.0, -1e-9, 0.0, 1e-9, 1.0, 31.0, 800.0])
def test_activations_hold_far_out_and_at_their_kinks(kind, x):
    _, by_name = steps(Chain(kind()), [[x]], [[0.5]], "x[0]")
    assert all(step.formula is not None for step in by_name.values())


def test_a_step_says_that_nothing_is_learned_through_it():
    given, by_name = steps(Chain(Dense(1), Step()), [[1.0, 2.0]], [[1.0]], "dense_1/W[0, 0]")
    assert given.value == 0.0
    assert "nothing below it can be learned" in by_name["∂E/∂dense_1[0]"].why


def test_softmax_has_a_term_for_each_probability():
    _, by_name = steps(Chain(Softmax()), [[0.0, np.log(3.0)]], [[0.0, 0.0]], "x[0]")
    step = by_name["∂E/∂x[0]"]
    assert format_symbols(step.formula) == (
        "∂E/∂softmax_1[0] * softmax_1[0] * (1 - softmax_1[0]) + ∂E/∂softmax_1[1] * (-(softmax_1[1] * softmax_1[0]))"
    )
    assert step.value == pytest.approx(0.25 * 0.25 * 0.75 - 0.75 * 0.75 * 0.25)


def test_maxout_says_which_piece_won():
    params = {"maxout_1": {"W": np.array([[[1.0], [3.0]]]), "b": np.array([[0.5], [0.0]])}}
    _, by_name = steps(Chain(Maxout(1)), [[2.0]], [[0.0]], "maxout_1/W[0, 0, 0]", params=params)
    assert by_name["maxout_1[0]"].why.endswith("here piece 1 won, with 6 (0 has 2.5)")
    assert by_name["∂E/∂maxout_1/W[0, 0, 0]"].value == 0.0


def test_dropout_says_what_was_dropped():
    given, _ = steps(Chain(Dropout(0.5)), np.ones((1, 12)), np.zeros((1, 12)), "x[0]", train=True)
    for step in given.forward[:-1]:
        assert step.why.endswith("this one was kept" if step.value else "this one was dropped")
        assert format_symbols(step.formula).endswith(step.name.replace("dropout_1", "dropout_1.mask"))
    assert {step.value for step in given.forward[:-1]} == {0.0, 2.0}


def test_an_embedding_says_which_row():
    x = np.array([[2, 0, 2]])
    given, by_name = steps(Chain(Embedding(3, 1), Flatten()), x, np.zeros((1, 3)), "embedding_1/W[2, 0]")
    assert by_name["embedding_1[0, 0]"].why.endswith("here x[0] is 2")
    assert len(given.backward[0].formula.terms) == 2


def test_a_repeated_number_gets_the_sum_over_its_block():
    _, by_name = steps(Chain(UpSample1D(3)), [[[2.0]]], [[[0.0], [1.0], [5.0]]], "x[0, 0]")
    assert by_name["∂E/∂x[0, 0]"].value == pytest.approx(2.0 + 1.0 - 3.0)


def test_a_weight_of_a_convolutional_network_is_explained_in_a_second():
    """A LeNet: 576 windows share the weight, and each of what they see has its own derivation."""
    layers = (Conv2D(6, 5), ReLU(), MaxPool2D(2), Conv2D(16, 5), ReLU(), MaxPool2D(2), Flatten())
    model, loss = Chain(*layers, Dense(120), ReLU(), Dense(84), ReLU(), Dense(10)), SoftmaxCrossEntropy()
    x, label = np.random.default_rng(0).standard_normal((1, 28, 28, 1)), np.array([3])
    start = time.process_time()
    trace = trace_network(model, loss, bind_inputs(model, x, label, None, None, 0, None), False)
    deriver = Deriver(trace, Names(1), terms_of(loss, trace.y, trace.target))
    step = deriver.weight(trace.nodes[:1], "W", (2, 3, 0, 1))
    forward = deriver.forward()
    for one in (step, *forward):
        one.check()
    assert time.process_time() - start < 2.0  # half a second on a free core
    assert len(step.formula.terms) == 24 * 24
    assert all(one.formula is not None for one in (*step.walk(), *forward))
