"""What cannot be explained is said in one clear line."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pellucid.combinators import Chain, Join, Parallel
from pellucid.derivation import explain
from pellucid.errors import ConfigError, DataError, ExplainError, PellucidError, ShapeError, UnknownNameError
from pellucid.layer import Layer
from pellucid.layers import Dense, Embedding, Flatten, Identity, ReLU
from pellucid.losses import MeanSquaredError
from pellucid.optim import GradientDescent
from pellucid.types import Cache, Params

NETWORK = Chain(Dense(2), ReLU(), Dense(1))
PARAMS = {
    "dense_1": {"W": np.array([[1.0, -1.0], [1.0, -1.0]]), "b": np.array([0.0, 0.0])},
    "relu_1": {},
    "dense_2": {"W": np.array([[1.0], [1.0]]), "b": np.array([0.0])},
}
X, Y = np.array([[0.1, 0.2]]), np.array([[1.0]])
STEP = GradientDescent(0.1)


def refused(weight: Any, error: type[PellucidError] = ExplainError, x: Any = X, y: Any = Y, **options: Any) -> str:
    with pytest.raises(error) as caught:
        explain(options.pop("network", NETWORK), MeanSquaredError(), x, y, weight, **options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_path_that_is_not_there_offers_the_nearest() -> None:
    assert "did you mean dense_1/W" in refused("dense_1/w2[0, 0]", UnknownNameError)
    assert "choose one of: " in refused("zzz", UnknownNameError)


@pytest.mark.parametrize(
    ("weight", "said"),
    [
        ("dense_1/W[0, 2]", "place 2 on axis 1 is not there: the array has shape (2, 2), so count from 0 to 1"),
        ("dense_1/W[-1, 0]", "place -1 on axis 0"),
        (
            "dense_1/W[0]",
            "gives 1 of the places that an array of shape (2, 2) has: write one for each axis, as in dense_1/W[0, 0]",
        ),
        ("dense_1/W", "gives 0 of the places"),
        ("x[5]", "place 5 on axis 0"),
        ("dense_1/W[0, a]", "its place 'a' is no whole number"),
        ("dense_1/W[0, " + "1" * 5000 + "]", "is no whole number"),
        ("dense_1/W[0,,0]", "its place '' is no whole number"),
        ("dense_1/W[0, 0", "needs one bracket, closed"),
        ("[0, 0]", "names no number"),
        ("target[0]", "a target is not differentiated"),
        ("", "names no number"),
    ],
)
def test_an_index_that_does_not_fit_is_told_with_the_shape(weight: str, said: str) -> None:
    assert said in refused(weight)


def test_the_gradient_may_be_asked_for_as_it_is_written() -> None:
    plain = explain(NETWORK, MeanSquaredError(), X, Y, "dense_1/W[0, 0]", params=PARAMS)
    written = explain(NETWORK, MeanSquaredError(), X, Y, " ∂E/∂dense_1/W[0, 0] ", params=PARAMS)
    assert written.value == plain.value


def test_of_several_inputs_one_is_to_be_named() -> None:
    network = Chain(Parallel(left=Dense(1), right=Dense(1)), Join(), Dense(1))
    said = refused("x[0]", network=network, x={"left": X, "right": X})
    assert said == "'x[0]': x is made of x/left, x/right: say which, as in x/left[0]"


def test_what_is_no_name_is_refused() -> None:
    refused(3, ConfigError)


@pytest.mark.parametrize("sample", [2, -1])
def test_a_sample_that_is_not_there(sample: Any) -> None:
    said = refused("x[0]", x=np.ones((2, 2)), y=np.ones((2, 1)), sample=sample)
    assert said == f"sample {sample!r} is not there: x has 2 examples, counted from 0 to 1"


def test_the_only_sample_is_told_as_one() -> None:
    assert refused("x[0]", sample=1) == "sample 1 is not there: x has 1 example, number 0"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"sample": "0"}, "sample must be a whole number"),
        ({"sample": 1.0}, "sample must be a whole number"),
        ({"sample": True}, "sample must be a whole number"),
        ({"t": 0}, "t must be a whole number of at least 1"),
        ({"t": 1.5}, "t must be a whole number of at least 1"),
        ({"train": "yes"}, "train must be a bool"),
        ({"seed": "a"}, "seed must be a whole number"),
    ],
)
def test_options_of_another_kind(options: dict[str, Any], said: str) -> None:
    assert said in refused("x[0]", ConfigError, **options)


def test_what_stays_needs_an_optimizer() -> None:
    assert "give an optimizer" in refused("x[0]", fixed="dense_1/b")


def test_whole_numbers_and_lists_are_weights_too() -> None:
    lists = {name: {path: w.astype(int).tolist() for path, w in arrays.items()} for name, arrays in PARAMS.items()}
    whole = {name: {path: w.astype(int) for path, w in arrays.items()} for name, arrays in PARAMS.items()}
    wanted = explain(NETWORK, MeanSquaredError(), X, Y, "dense_1/W[0, 0]", params=PARAMS).value
    for params in (whole, lists):
        assert explain(NETWORK, MeanSquaredError(), X, Y, "dense_1/W[0, 0]", params=params).value == wanted
    assert "the model has no params/zz" in refused("x[0]", ShapeError, params={**PARAMS, "zz": {}})


class Own(Layer):
    """``y = x``; its backward multiplies by ``slope``, or fails with "boom"."""

    slope: Any = 1.0

    def forward(self, params, state, x, key=None, train=False):
        return 1.0 * x, {}, state

    def backward(self, params: Params, cache: Cache, dy: np.ndarray) -> tuple[Params, np.ndarray]:
        if self.slope == "boom":
            raise RuntimeError("boom")
        return {}, dy[:, :1] if self.slope == "narrow" else self.slope * dy


def test_a_layer_whose_backward_fails_is_named() -> None:
    network = Chain(Dense(2), Own("narrow"), Dense(1))
    said = refused("x[0]", network=network)
    assert "backward of own_1 (Own(slope='narrow')) gives one of shape (1, 1) as gradient by x, whose shape" in said
    with pytest.raises(RuntimeError, match="boom") as caught:
        explain(Chain(Dense(2), Own("boom"), Dense(1)), MeanSquaredError(), X, Y, "x[0]")
    assert caught.value.__notes__ == ["in the backward of own_1: Own(slope='boom')"]


@pytest.mark.parametrize("weight", ["dense_1/W[0, 0]", "x[0]", "dense_1[1]"])
def test_a_wrong_backward_is_an_error_that_names_the_layer(weight: str) -> None:
    said = refused(weight, network=Chain(Dense(2), Own(1.5), Dense(1)))
    assert said.startswith(f"∂E/∂{weight} is wrong: backward gives ")
    assert "the fault is in own_1 (Own(slope=1.5))" in said
    assert "pellucid check" in said


def test_a_gradient_past_the_wrong_layer_is_still_told() -> None:
    told = explain(Chain(Dense(2), Own(1.5), Dense(1)), MeanSquaredError(), X, Y, "dense_2/W[0, 0]")
    assert told.check[-1].why.endswith("right")


def test_a_sample_is_explained_alone() -> None:
    x, y = np.array([[0.1, 0.2], [0.5, -0.3]]), np.array([[1.0], [0.5]])
    alone = explain(NETWORK, MeanSquaredError(), x[1:], y[1:], "dense_1/W[0, 0]", params=PARAMS)
    chosen = explain(NETWORK, MeanSquaredError(), x, y, "dense_1/W[0, 0]", params=PARAMS, sample=1)
    assert chosen.value == alone.value
    assert "x[0]" in {symbol.name for step in chosen.steps() if step.formula for symbol in step.formula.symbols()}


def test_a_number_that_is_not_finite_from_the_start_is_named() -> None:
    assert "x[0, 1] is nan" in refused("x[0]", DataError, x=np.array([[1.0, np.nan]]))
    assert "target[0, 0] is nan from the start" in refused("x[0]", y=np.array([[np.nan]]))
    broken = {**PARAMS, "dense_2": {"W": np.array([[1.0], [np.inf]]), "b": np.zeros(1)}}
    assert "dense_2/W[1, 0] is inf from the start" in refused("x[0]", params=broken)


class Reciprocal(Layer):
    def forward(self, params, state, x, key=None, train=False):
        return 1.0 / (1.0 - x), {"x": x}, state

    def backward(self, params: Params, cache: Cache, dy: np.ndarray) -> tuple[Params, np.ndarray]:
        return {}, dy / (1.0 - cache["x"]) ** 2


class Root(Layer):
    def forward(self, params, state, x, key=None, train=False):
        return (1.0 - x) ** 0.5, {"x": x}, state

    def backward(self, params: Params, cache: Cache, dy: np.ndarray) -> tuple[Params, np.ndarray]:
        return {}, -0.5 * dy / (1.0 - cache["x"]) ** 0.5


def test_a_number_that_is_not_finite_is_told_where_it_was_born() -> None:
    network = Chain(Identity(), Reciprocal(), Identity())
    said = refused("x[0]", network=network, x=np.array([[1.0]]))
    assert said.startswith("the loss is inf")
    assert "it was born in reciprocal_1" in said
    said = refused("x[0]", network=Chain(Identity(), Root()), x=np.array([[1.0]]))
    assert "born in the backward pass of root_1" in said


def test_a_whole_number_has_no_gradient() -> None:
    assert "it is a whole number, 3" in refused("x[1]", x=np.array([[2, 3]]))


def test_an_index_into_an_embedding_offers_the_row() -> None:
    network = Chain(Embedding(4, 2), Flatten(), Dense(1))
    for x in (np.array([[3, 1]]), np.array([[3.0, 1.0]])):
        said = refused("x[0]", network=network, x=x)
        assert "an index, 3, that chooses a row" in said
        assert said.endswith("embedding_1/W[3, 0]")


def test_one_path_alone_stays_fixed() -> None:
    def after(fixed: Any) -> float:
        told = explain(NETWORK, MeanSquaredError(), X, Y, "dense_2/b[0]", params=PARAMS, optimizer=STEP, fixed=fixed)
        return next(step.value for step in told.update if step.name == "E after")

    assert after("dense_1/W") == after(("dense_1/W",)) != after(())


@pytest.mark.parametrize(
    ("fixed", "error", "said"),
    [
        ("dense_1/w", UnknownNameError, "unknown path in fixed 'dense_1/w': did you mean dense_1/W"),
        (3, ConfigError, "fixed must be paths of arrays"),
        ((3,), ConfigError, "fixed must be paths of arrays"),
    ],
)
def test_a_fixed_path_that_is_not_there(fixed: Any, error: type[PellucidError], said: str) -> None:
    assert said in refused("x[0]", error, params=PARAMS, fixed=fixed, optimizer=STEP)


@pytest.mark.parametrize(
    ("names", "error", "said"),
    [
        ({"dense_1[0]": 3}, ConfigError, "explain: names has text for each number, not 'dense_1[0]': 3"),
        ({3: "h"}, ConfigError, "names has text for each number, not 3: 'h'"),
        (["h"], ConfigError, "names must be like"),
        ({"dense1[0]": "h"}, UnknownNameError, "unknown number in names 'dense1[0]': did you mean dense_1[0]"),
        ({"dense_1[7]": "h"}, ExplainError, "'dense_1[7]': place 7 on axis 0 is not there"),
    ],
)
def test_names_that_cannot_be(names: Any, error: type[PellucidError], said: str) -> None:
    assert said in refused("x[0]", error, params=PARAMS, names=names)


def test_names_may_be_spaced_as_the_reader_likes_and_for_numbers_that_are_not_met() -> None:
    names = {"dense_1/W[0,1]": "w2", "dense_1[0, 0]": "h1", "target[0]": "t", "dense_2/b[0]": "b"}
    told = explain(NETWORK, MeanSquaredError(), X, Y, "w2", params=PARAMS, names=names)
    assert told.subject == "∂E/∂w2"
    assert {"h1"} <= {step.name for step in told.steps()}


def test_wrong_weights_are_refused_in_the_name_of_explain() -> None:
    said = refused("x[0]", ShapeError, params={**PARAMS, "dense_2": {"W": np.ones((3, 1)), "b": np.ones(1)}})
    assert said == "explain: params/dense_2/W has shape (3, 1), but the model needs shape (2, 1)"
