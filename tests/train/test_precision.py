"""bfloat16 inside, float32 outside; and the input's gradient, which nobody asked for, is not computed."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from pellucid import (
    BatchNorm,
    Chain,
    ConfigError,
    Dense,
    Embedding,
    GradientDescent,
    Momentum,
    Recurrent,
    ReLU,
    SimpleRNN,
    SoftmaxCrossEntropy,
    UnknownNameError,
    fit,
    load_dataset,
    ops,
    trees,
)
from pellucid.train.batch import Batch, StepInputs, Weights
from pellucid.train.recipe import Recipe
from pellucid.train.step import step

IRIS = load_dataset("iris")


def test_weights_and_state_stay_float32_and_training_goes_as_in_float32():
    model = Chain(Dense(16), BatchNorm(), ReLU(), Dense(3))
    full, half = (
        fit(model, SoftmaxCrossEntropy(), IRIS, epochs=30, compute=c, engine="jax") for c in (None, "bfloat16")
    )
    assert {leaf.dtype for leaf in trees.leaves((half.params, half.state))} == {np.dtype(np.float32)}
    losses = [trained.history.epochs[-1]["train"]["loss"] for trained in (full, half)]
    assert losses[0] != losses[1]
    assert losses[1] == pytest.approx(losses[0], rel=0.1)
    accuracy = [trained.history.epochs[-1]["validation"]["accuracy"] for trained in (full, half)]
    assert accuracy[1] == pytest.approx(accuracy[0], abs=0.1)


def test_a_step_too_small_for_bfloat16_still_moves_a_weight():
    """1 - 1e-4 is 1 in bfloat16: weights kept in it would never move."""
    x, target = np.ones((8, 1), np.float32), np.zeros(8, np.int32)
    start = ({"W": np.ones((1, 2), np.float32), "b": np.zeros(2, np.float32)}, {})
    how = {"epochs": 100, "batch_size": 8, "start": start, "optimizer": GradientDescent(1e-5), "engine": "jax"}
    trained = fit(Dense(2), SoftmaxCrossEntropy(), (x, target), compute="bfloat16", **how)
    np.testing.assert_allclose(trained.params["W"] - 1, [[5e-4, -5e-4]], rtol=0.02)


def test_indices_of_words_are_not_rounded():
    """bfloat16 has no 301: a row of another word would be trained."""
    model = Chain(Embedding(1000, 4), Recurrent(SimpleRNN(4), return_sequences=False), Dense(2))
    x = np.full((8, 3), 301)
    before = fit(
        model, SoftmaxCrossEntropy(), (x, np.zeros(8, int)), epochs=1, optimizer=GradientDescent(1e-30), engine="jax"
    )
    after = fit(model, SoftmaxCrossEntropy(), (x, np.zeros(8, int)), epochs=1, compute="bfloat16")
    moved = (before.params["embedding_1"]["W"] != after.params["embedding_1"]["W"]).any(axis=1)
    assert np.flatnonzero(moved).tolist() == [301]


@pytest.mark.parametrize(
    ("how", "error", "says"),
    [
        ({"compute": "float8"}, UnknownNameError, "bfloat16"),
        ({"compute": "bfloat16", "engine": "numpy"}, ConfigError, "jax"),
    ],
)
def test_what_cannot_be_is_refused(how, error, says):
    with pytest.raises(error, match=says):
        fit(Dense(3), SoftmaxCrossEntropy(), IRIS, **how)


def test_float64_data_is_refused():
    with pytest.raises(ConfigError, match="float32"):
        fit(Dense(3), SoftmaxCrossEntropy(), (np.eye(3), [0, 1, 2]), compute="bfloat16")


def test_a_compiled_step_leaves_out_the_gradient_of_its_inputs():
    B, D, H, K = 64, 200, 300, 100
    x = np.ones((B, D), np.float32)
    model = Chain(Dense(H), ReLU(), Dense(K))
    params, state = model.init(ops.key(0), x)
    recipe = Recipe(model, SoftmaxCrossEntropy(), Momentum(0.1))
    batch = Batch(jnp.asarray(x), jnp.zeros(B, jnp.int32))
    weights = Weights(params, state, recipe.optimizer.init(params))

    def moved(weights: Weights) -> Weights:
        return step(recipe, recipe.numbers(params), weights, batch, StepInputs(1, 0.1))[0]

    done = jax.jit(moved).lower(weights).compile().cost_analysis()["flops"]
    needed = 2 * B * (2 * D * H + 3 * H * K)  # x W, x' dy in the first layer; also dy W' in the second
    assert needed < done < needed + 2 * B * D * H
