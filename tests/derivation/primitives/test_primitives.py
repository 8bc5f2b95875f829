"""Every primitive: its value by hand, and its gradients as the numerical derivative has them."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

from pellucid import ops
from pellucid.cells import GRU
from pellucid.check.oracles import numerical
from pellucid.derivation import primitives
from pellucid.derivation.primitives import (
    Add,
    AddLast,
    AttentionWeights,
    Blend,
    CellStep,
    Contraction,
    Deviation,
    Fold,
    GainShift,
    Mean,
    Memory,
    Multiply,
    OverBatch,
    OverFeatures,
    OverGroups,
    Scores,
    Shift,
    Slope,
    SquaredLengths,
    Stack,
    Standardized,
    SubtractLast,
    TransposedDense,
    Unfold,
    Variance,
    WeightedSum,
    WeightedSums,
)
from pellucid.layer import Layer
from pellucid.shape_inference import first_cell_weights
from pellucid.trees import flatten, tree_map

RNG = np.random.default_rng(0)


def draw(*shape):
    return RNG.standard_normal(shape)


def positive(*shape):
    return RNG.uniform(0.5, 2.0, shape)


def statistics(pool, x):
    return {"x": x, "mean": pool.mean(x), "deviation": np.sqrt(pool.mean(x**2))}


SUMS = {"W": draw(3, 4), "U": draw(2, 4), "b": draw(4)}
GATES = ("forget", "before", "input", "proposal")
CELL = GRU(2)
CELL_PARAMS = first_cell_weights(CELL, ops.key(0), draw(2, 3))
CARRY = tree_map(lambda leaf: draw(*leaf.shape), CELL.start(CELL_PARAMS, 2, np.float64))
IMAGE = draw(2, 3, 2, 4)
CASES = (
    (Add(), {}, (draw(2, 3), draw(2, 3))),
    (Multiply(), {}, (draw(2, 3), draw(2, 3))),
    (Shift(), {"b": draw(3)}, draw(2, 4, 3)),
    (Scores(2, False), {}, {"q": draw(2, 3, 4), "k": draw(2, 3, 4)}),
    (AttentionWeights(2, False), {}, draw(2, 2, 3, 3)),
    (AttentionWeights(2, True), {}, draw(2, 2, 3, 3)),
    (WeightedSum(2, True), {}, {"weights": draw(2, 2, 3, 3), "v": draw(2, 3, 4)}),
    (Slope(True), {}, positive(2, 3)),
    (Slope(False), {}, draw(2, 3)),
    (SquaredLengths(), {"W": draw(3, 2)}, {}),
    (Contraction(), {}, {"slope": draw(2, 4, 3), "lengths": positive(3)}),
    (WeightedSums(("a", "b"), 2, 1), SUMS, {"x": draw(2, 3, 3), "h": draw(2, 2)}),
    (WeightedSums(("b",), 2, 0, 1), SUMS, {"x": draw(2, 3, 3)}),
    (WeightedSums(("b",), 2, 0, 1), {"U": draw(2, 4), "c": draw(2)}, {"h": draw(2, 2)}),
    (Memory(), {}, {name: draw(2, 3) for name in GATES}),
    (Blend(), {}, {name: draw(2, 3) for name in ("update", "before", "proposal")}),
    (CellStep(CELL, 1), CELL_PARAMS, {"x": draw(2, 4, 3), "carry": CARRY}),
    (Fold(), {}, draw(2, 3, 4)),
    (Unfold(3), {}, draw(6, 4)),
    (Stack(), {}, (draw(2, 3), draw(2, 3), draw(2, 3))),
    (SubtractLast(), {}, draw(2, 4, 3)),
    (AddLast(), {}, (draw(2, 4, 3), draw(2, 5, 2))),
    (Deviation(1e-3), {}, positive(4)),
    (GainShift(), {"gamma": draw(3), "beta": draw(3)}, draw(2, 4, 3)),
    (TransposedDense(), {"W": draw(4, 2)}, draw(3, 2, 2)),
    *((Mean(pool), {}, IMAGE) for pool in (OverBatch(), OverFeatures(), OverGroups(2))),
    *(
        (Variance(pool), {}, {name: statistics(pool, IMAGE)[name] for name in ("x", "mean")})
        for pool in (OverBatch(), OverFeatures(), OverGroups(2))
    ),
    *((Standardized(pool), {}, statistics(pool, IMAGE)) for pool in (OverBatch(), OverFeatures(), OverGroups(2))),
)


@pytest.mark.parametrize(("layer", "params", "x"), CASES, ids=[repr(case[0]) for case in CASES])
def test_backward_is_the_numerical_derivative(layer, params, x):
    y, cache, _ = layer.forward(params, {}, x)
    dy = tree_map(lambda leaf: draw(*leaf.shape), y)

    def value(tree):
        found = flatten(layer.forward(tree["params"], {}, tree["x"])[0])
        return sum((found[path] * part).sum() for path, part in flatten(dy).items())

    dparams, dx = layer.backward(params, cache, dy)
    tree, given = {"params": params, "x": x}, flatten({"params": dparams, "x": dx})
    assert given.keys() == flatten(tree).keys()
    for path in given:
        np.testing.assert_allclose(given[path], numerical(value, tree, path), rtol=1e-6, atol=1e-8, err_msg=path)


def test_every_primitive_has_a_case():
    known = {kind for kind in vars(primitives).values() if inspect.isclass(kind) and issubclass(kind, Layer)}
    assert {kind for kind in known if not inspect.isabstract(kind)} - {type(layer) for layer, _, _ in CASES} == set()


def test_scores_are_products_of_query_and_key_over_the_root_of_their_length():
    q, k = np.array([[[1.0, 2.0]]]), np.array([[[3.0, 4.0]]])
    assert Scores(1, False).value({}, {"q": q, "k": k}).item() == pytest.approx(11 / np.sqrt(2))


def test_a_causal_step_attends_to_itself_and_the_past():
    weights = AttentionWeights(1, True).value({}, np.zeros((1, 1, 3, 3)))
    np.testing.assert_allclose(weights[0, 0], [[1, 0, 0], [1 / 2, 1 / 2, 0], [1 / 3, 1 / 3, 1 / 3]])
    causal, free = Scores(1, True), Scores(1, False)
    assert (causal.keys_for(1, 3), causal.queries_for(1, 3)) == (range(2), range(1, 3))
    assert (free.keys_for(1, 3), free.queries_for(1, 3)) == (range(3), range(3))


@pytest.mark.parametrize(
    ("pool", "index", "place", "count"),
    [
        (OverBatch(), (1, 0, 1, 2), (2,), 12),
        (OverFeatures(), (1, 0, 1, 2), (1, 0, 1), 4),
        (OverGroups(2), (1, 0, 1, 2), (1, 1), 12),
    ],
)
def test_a_pool_knows_its_place_and_its_members(pool, index, place, count):
    assert pool.place(index, IMAGE) == place
    members = list(pool.members(place, IMAGE))
    assert index in members
    assert len(members) == pool.count(IMAGE) == count
    assert pool.mean(IMAGE)[place] == pytest.approx(np.mean([IMAGE[at] for at in members]))


def test_standardized_numbers_have_mean_0_and_deviation_1():
    pool = OverFeatures()
    values = {"x": IMAGE, "mean": pool.mean(IMAGE), "deviation": np.sqrt(IMAGE.var(axis=-1))}
    found = Standardized(pool).value({}, values)
    np.testing.assert_allclose(
        [found.mean(axis=-1), found.var(axis=-1)], [np.zeros((2, 3, 2)), np.ones((2, 3, 2))], atol=1e-12
    )


def test_steps_fold_into_examples_and_back():
    x = draw(2, 3, 4)
    folded = Fold().value({}, x)
    assert folded.shape == (6, 4)
    assert np.array_equal(folded[4], x[1, 1])
    assert np.array_equal(Unfold(3).value({}, folded), x)
