from __future__ import annotations

import json
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from check.sabotaged import (
    DENSE,
    AlwaysOn,
    CallsNumPy,
    Doubled,
    HalfAtZero,
    NotANumber,
    OffByAThousandth,
    OffByAThousandthReLU,
    OneAtZero,
    OneEntryWrong,
    SevenAtZero,
    Transposed,
)
from pellucid import ops
from pellucid.check import check_gradients
from pellucid.combinators import Chain, Concat, Residual
from pellucid.errors import CheckError, ConfigError, DataError, ShapeError, UnknownNameError
from pellucid.layer import Layer
from pellucid.layers import Dense, Identity, Maxout, ReLU, Sigmoid, Tanh
from pellucid.losses import HalfSquaredError, Hinge, MeanAbsoluteError, SoftmaxCrossEntropy

LOSS = HalfSquaredError()


def data(inputs: int = 4, outputs: int = 3, examples: int = 5, seed: int = 0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(examples, inputs)), rng.normal(size=(examples, outputs))


def row(report, path):
    return next(leaf for leaf in report.leaves if leaf.path == path)


def test_a_right_network_is_right_at_every_leaf():
    x, y = data()
    report = check_gradients(Chain(Dense(6), Sigmoid(), Dense(3)), LOSS, x, y)
    assert report.ok
    assert report.weights == "all"
    assert [leaf.path for leaf in report.leaves] == ["dense_1/W", "dense_1/b", "dense_2/W", "dense_2/b", "x"]
    for leaf in (*report.leaves, report.whole):
        assert leaf.verdict == "right"
        assert leaf.numerical.relative < 1e-7
        assert leaf.automatic.relative < 1e-12
    assert row(report, "dense_1/W").checked == 24
    assert row(report, "x").shape == (5, 4)


def test_the_figures_of_a_network_small_enough_for_a_pencil():
    """One weight, one example: E = 1/2 (w x - d)^2, so dE/dw = (w x - d) x and dE/dx = (w x - d) w."""
    params = {"W": np.array([[3.0]]), "b": np.array([0.5])}
    report = check_gradients(Dense(1), LOSS, [[2.0]] @ np.eye(1), np.array([[1.0]]), params=params)
    assert report.loss == pytest.approx(0.5 * 5.5**2)
    for path, slope in (("W", 11.0), ("b", 5.5), ("x", 16.5)):
        leaf = row(report, path)
        assert leaf.numerical.backward == leaf.automatic.oracle == pytest.approx(slope, rel=1e-14)
        assert leaf.numerical.oracle == pytest.approx(slope, rel=1e-8)


def test_the_mean_over_examples_is_weighted():
    """With all the weight on one example, the gradient by the others is exactly nothing."""
    x, y = data()
    alone = check_gradients(Dense(3), LOSS, x[2:3], y[2:3])
    report = check_gradients(Dense(3), LOSS, x, y, sample_weight=[0, 0, 4.0, 0, 0])
    assert report.ok
    assert report.loss == pytest.approx(alone.loss)


@pytest.mark.parametrize(("sabotaged", "path"), DENSE, ids=lambda value: getattr(value, "__name__", value))
def test_every_sabotage_is_found_in_its_leaf(sabotaged, path):
    x, y = data()
    report = check_gradients(Chain(below=Chain(Dense(4), Tanh()), it=sabotaged(4), above=Dense(3)), LOSS, x, y)
    if path == "x":  # what is wrong in dx shows in all that lies below, and there alone
        assert report.wrong == ("below/dense_1/W", "below/dense_1/b", "x", "all at once")
    else:
        assert report.wrong == (f"it/{path}", "all at once")


@pytest.mark.parametrize("weights", ["sample", "directions"])
@pytest.mark.parametrize("sabotaged", [Doubled, OneEntryWrong], ids=lambda kind: kind.__name__)
def test_a_sample_and_directions_find_it_too(sabotaged, weights):
    x, y = data()
    report = check_gradients(sabotaged(3), LOSS, x, y, weights=weights, samples=2)
    assert report.weights == weights
    assert len(report.wrong) == 2


def test_a_fault_is_located_and_told_with_its_figures():
    x, y = data()
    report = check_gradients(OneEntryWrong(3), LOSS, x, y)
    wrong = row(report, "W")
    assert wrong.numerical.where == wrong.automatic.where == (0, 1)
    assert wrong.automatic.backward - wrong.automatic.oracle == pytest.approx(0.01)
    assert wrong.numerical.absolute == pytest.approx(0.01, rel=1e-6)
    assert "wrong at [0, 1]" in wrong.words
    assert "above 1e-4" in wrong.words


def test_a_small_fault_in_a_large_array_is_found_by_sample_and_directions():
    x, y = data(inputs=200, outputs=150, examples=3)
    for weights in (None, "directions"):
        report = check_gradients(OneEntryWrong(150), LOSS, x, y, weights=weights, samples=20)
        assert report.wrong[0] == "W"
    assert check_gradients(Dense(150), LOSS, x, y).weights == "sample"


def test_a_slight_fault_asks_for_a_closer_look():
    class Slight(Dense):
        def backward(self, params, cache, dy):
            dparams, dx = super().backward(params, cache, dy)
            return dparams | {"W": (1.0 + 1e-5) * dparams["W"]}, dx

    x, y = data()
    leaf = row(check_gradients(Slight(3), LOSS, x, y), "W")
    assert leaf.verdict == "look closer"
    assert leaf.automatic.relative == pytest.approx(1e-5, rel=1e-2)
    assert "between 1e-7 and 1e-4" in leaf.words


def test_nan_is_wrong_and_the_report_is_still_json():
    x, y = data()
    report = check_gradients(NotANumber(3), LOSS, x, y)
    leaf = row(report, "b")
    assert leaf.verdict == "wrong"
    assert leaf.numerical.where == (0,)
    assert "nan by backward" in leaf.words
    read_back = json.loads(json.dumps(report.as_dict(), allow_nan=False))
    assert read_back["ok"] is False
    assert read_back["leaves"][1]["numerical"]["relative"] is None


def test_a_gradient_that_is_missing_misshapen_or_of_nothing():
    class Extra(Dense):
        def backward(self, params, cache, dy):
            dparams, dx = super().backward(params, cache, dy)
            return dparams | {"gain": dy}, dx[:1]

    x, y = data()
    report = check_gradients(Extra(3), LOSS, x, y)
    assert "shape (1, 4) for an array of shape (5, 4)" in row(report, "x").words
    assert "nothing of this name" in row(report, "gain").words
    assert "shape (3, 4) for an array of shape (4, 3)" in row(check_gradients(Transposed(3), LOSS, x, y), "W").words


# Kinks ---------------------------------------------------------------------------------------------------------------


def test_a_kink_within_the_step_is_said_and_no_fault():
    """Nets a few millionths from the kink, on either side: the step of 1e-5 goes across, the point is off it."""
    x = np.array([[3e-6, -4e-6, 1.0, -1.0]])
    model = Chain(Identity(), ReLU(), Dense(1))
    report = check_gradients(model, LOSS, x, np.array([[0.7]]))
    assert report.ok
    leaf = row(report, "x")
    assert leaf.verdict == "right"
    assert leaf.kinks >= 2
    assert "within a step of a kink" in leaf.words
    assert "within a step of a kink" in str(report).replace("\n  ", " ")


@pytest.mark.parametrize("relu", [ReLU(), OneAtZero(), HalfAtZero(), Maxout(3, pieces=2)], ids=repr)
def test_a_point_on_the_kink_itself_is_no_fault(relu):
    """Examples of zeros with zero biases put every net exactly on the kink."""
    x, y = data()
    x[1:3] = 0.0
    report = check_gradients(Chain(Dense(6), relu, Dense(3)), LOSS, x, y)
    assert report.ok
    assert all(leaf.verdict == "right" for leaf in report.leaves)
    assert sum(leaf.kinks for leaf in report.leaves) > 0


def test_where_two_sides_cross_only_the_slope_at_the_point_counts():
    """ReLU(x) - ReLU(-x) is x, seen in pieces: smooth, though backward's parts at 0 add up to nothing."""
    model = Chain(Concat(Dense(1), Dense(1)), ReLU(), Dense(1))
    params, _ = model.init(ops.key(0), np.zeros((1, 1)))
    params["concat_1"]["dense_1"]["W"][:] = 1.0
    params["concat_1"]["dense_2"]["W"][:] = -1.0
    params["dense_1"]["W"][:] = [[1.0], [-1.0]]
    report = check_gradients(model, LOSS, np.zeros((1, 1)), np.ones((1, 1)), params=params)
    assert row(report, "x").numerical.oracle == pytest.approx(-1.0)
    assert row(report, "x").verdict == "wrong"


@pytest.mark.parametrize("wrong", [AlwaysOn, OffByAThousandthReLU, SevenAtZero])
def test_a_wrong_relu_is_not_excused_by_its_kink(wrong):
    x, y = data()
    x[1:3] = 0.0
    assert not check_gradients(Chain(Dense(6), wrong(), Dense(3)), LOSS, x, y).ok


@pytest.mark.parametrize(("sabotaged", "path"), DENSE, ids=lambda value: getattr(value, "__name__", value))
def test_no_sabotage_is_excused_on_a_kink(sabotaged, path):
    x, y = data()
    x[1:3] = 0.0
    assert not check_gradients(Chain(Dense(4), ReLU(), sabotaged(4), ReLU(), Dense(3)), LOSS, x, y).ok


@settings(max_examples=15)
@given(st.integers(0, 2**31), st.sampled_from([0.0, 1e-7, 2e-6, -5e-6, 1e-4]), st.booleans())
def test_kinks_are_told_from_faults(seed, distance, faulty):
    """Nets at any distance from the kink: a right network is never called wrong, a wrong one always."""
    x, y = data(seed=seed)
    model = Chain(Dense(6), ReLU(), OffByAThousandth(3) if faulty else Dense(3))
    params, _ = model.init(ops.key(seed), x)
    params["dense_1"]["b"] = distance - x[0] @ params["dense_1"]["W"]
    report = check_gradients(model, LOSS, x, y, params=params)
    assert report.ok is not faulty
    assert faulty or all(leaf.verdict == "right" for leaf in report.leaves)


def test_kinks_of_losses_are_no_fault():
    x, _ = data()
    params, _ = Dense(3).init(ops.key(0), x)
    assert check_gradients(Dense(3), MeanAbsoluteError(), x, x @ params["W"], params=params).ok
    scores = np.array([[1.0, 0.0, 0.0], [0.3, 1.3, 0.1]])
    assert check_gradients(Identity(), Hinge(), scores, np.array([0, 1])).ok


def test_sharp_bends_and_large_numbers_are_no_fault():
    """Inputs in the thousands make the loss bend sharply and large numbers round coarsely."""
    x, y = data()
    report = check_gradients(Chain(Dense(6), Tanh(), Dense(3)), LOSS, 50.0 * x, 1000.0 * y)
    assert all(leaf.verdict == "right" for leaf in report.leaves)
    report = check_gradients(Chain(Dense(6), ReLU(), Dense(3)), LOSS, 5000.0 * x, y)
    assert all(leaf.verdict == "right" for leaf in report.leaves)


# What goes in, what comes out ----------------------------------------------------------------------------------------


def test_float32_arrays_of_either_engine_are_checked_in_float64():
    import jax.numpy as jnp

    x, y = data()
    model = Chain(Dense(6), ReLU(), Dense(3))
    params, state = model.init(ops.key(0), x.astype(np.float32))
    report = check_gradients(
        model, LOSS, jnp.asarray(x, "float32"), y.astype(np.float32), params=params, state=state, seed=3
    )
    assert report.ok
    assert row(report, "dense_1/W").automatic.relative < 1e-12


def test_labels_are_targets_and_a_classifier_is_right():
    x, _ = data()
    model = Chain(Residual(Dense(4), Tanh()), Dense(3))
    assert check_gradients(model, SoftmaxCrossEntropy(), x, np.array([0, 2, 1, 1, 0])).ok


def test_whole_number_inputs_are_skipped_and_trees_of_inputs_are_walked():
    class Lookup(Layer):
        """``y = table[i] + x``."""

        def init(self, key, x):
            return {"table": ops.normal(key, (4, 3), np.float64)}, {}

        def forward(self, params, state, x, key=None, train=False):
            return params["table"][x[0]] + x[1], {"i": x[0]}, state

        def backward(self, params, cache, dy):
            rows = cache["i"][:, None] == np.arange(4)
            return {"table": rows.T.astype(dy.dtype) @ dy}, (None, dy)

    x, y = data(inputs=3)
    report = check_gradients(Lookup(), LOSS, (np.array([0, 1, 3, 3, 0]), x), y)
    assert report.ok
    assert [leaf.path for leaf in report.leaves] == ["table", "x/0", "x/1"]
    assert row(report, "x/0").verdict == "skipped"
    assert "whole numbers have no gradient" in str(report)


def test_a_random_layer_draws_the_same_numbers_throughout():
    class Noise(Layer):
        """``y = x * noise`` in training."""

        def is_random(self):
            return True

        def forward(self, params, state, x, key=None, train=False):
            noise = ops.normal(key, x.shape, x.dtype) if train else ops.namespace(x).ones_like(x)
            return x * noise, {"noise": noise}, state

        def backward(self, params, cache, dy):
            return {}, dy * cache["noise"]

    x, y = data()
    model = Chain(Dense(3), Noise())
    training, using = (check_gradients(model, LOSS, x, y, train=train) for train in (True, False))
    assert training.ok
    assert using.ok
    assert training.loss != using.loss
    assert training == check_gradients(model, LOSS, x, y, train=True)


def test_the_table_fits_and_says_what_the_numbers_mean():
    x, y = data()
    model = Chain(the_encoder=Chain(a_layer_of_long_name=Dense(4), relu=ReLU()), decoder=OneEntryWrong(3))
    text = str(check_gradients(model, LOSS, x, y))
    assert max(map(len, text.splitlines())) < 80
    assert "\nthe_encoder/a_layer_of_long_name/W\n" in text
    assert "below 1e-7 backward is right" in text.replace("\n", " ").lower()
    assert "\nWrong: decoder/W, all at once.\n" in text


def test_progress_counts_the_leaves():
    x, y = data()
    seen = []
    check_gradients(Dense(3), LOSS, x, y, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_what_cannot_be_checked_is_said():
    x, y = data()
    with pytest.raises(UnknownNameError, match="did you mean sample"):
        check_gradients(Dense(3), LOSS, x, y, weights="samples")
    with pytest.raises(ConfigError, match="step"):
        check_gradients(Dense(3), LOSS, x, y, step=0.0)
    with pytest.raises(ConfigError, match="samples"):
        check_gradients(Dense(3), LOSS, x, y, samples=0)
    with pytest.raises(CheckError, match="5 and 4"):
        check_gradients(Dense(3), LOSS, x, y[:4])
    with pytest.raises(DataError, match="x is empty"):
        check_gradients(Dense(3), LOSS, x[:0], y[:0])
    with pytest.raises(DataError, match="an axis of examples"):
        check_gradients(Dense(3), LOSS, x[0], np.ones(1))
    with pytest.raises(CheckError, match="one example is"):
        check_gradients(Dense(3), LOSS, x, np.float64(1.0))
    with pytest.raises(CheckError, match="sample_weight"):
        check_gradients(Dense(3), LOSS, x, y, sample_weight=[1.0, 2.0])
    with pytest.raises(ConfigError, match=r"model must be a Layer; write Dense\(...\)"):
        check_gradients(Dense, LOSS, x, y)
    with pytest.raises(ConfigError, match="loss must be a Loss; write HalfSquaredError"):
        check_gradients(Dense(3), HalfSquaredError, x, y)
    with pytest.raises(ShapeError, match="targets of shape"):
        check_gradients(Dense(3), LOSS, x, y[:, :2])
    with pytest.raises(DataError, match="has the target 7"):
        check_gradients(Dense(3), SoftmaxCrossEntropy(), x, np.array([0, 1, 7, 1, 2]))
    with pytest.raises(CheckError, match="whole numbers"):
        check_gradients(Identity(), LOSS, np.eye(3, dtype=int), np.eye(3))
    with pytest.raises(CheckError, match="loss is nan"):
        check_gradients(Dense(3), LOSS, x, y * np.nan)


@pytest.mark.parametrize("seed", [-1, np.int64(-7), 2**64 + 5])
@pytest.mark.parametrize("weights", ["sample", "directions"])
def test_every_whole_number_is_a_seed(seed, weights):
    x, y = data()
    report = check_gradients(
        Chain(Dense(3), ReLU()),
        LOSS,
        np.vstack([x, x[:1] * 0]),
        np.vstack([y, y[:1]]),
        seed=seed,
        weights=weights,
        samples=2,
    )
    assert report.ok
    assert report.seed == seed


@pytest.mark.parametrize("seed", ["x", 1.5, None, True])
def test_nothing_else_is(seed):
    with pytest.raises(ConfigError, match="seed must be a whole number"):
        check_gradients(Dense(3), LOSS, *data(), seed=seed)


def test_a_layer_that_calls_numpy_is_told_what_to_call():
    with pytest.raises(CheckError, match=r"use xp = ops.namespace\(x\).*instead of numpy.*in calls_num"):
        check_gradients(Chain(Dense(3), CallsNumPy()), LOSS, *data())


def test_nothing_warns_and_nothing_is_changed():
    x, y = data()
    params, _ = Dense(3).init(ops.key(0), x)
    before = {name: leaf.copy() for name, leaf in params.items()}, x.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_gradients(Dense(3), LOSS, x, y, params=params)
    assert all((params[name] == before[0][name]).all() for name in params)
    assert (x == before[1]).all()
