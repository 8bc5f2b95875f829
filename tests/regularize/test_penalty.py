"""Penalties by hand, against central differences, and on the weights of a real network."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from pellucid import ops, spec
from pellucid.combinators import Chain
from pellucid.errors import ConfigError, UnknownNameError
from pellucid.layers import Dense, ReLU
from pellucid.regularize import L1, L2, ElasticNet, Penalty, PerLayer, penalty_gradient, penalty_value
from pellucid.trees import flatten, tree_map

PARAMS = {
    "dense_1": {"W": np.array([[1.0, -2.0], [0.5, 0.0]]), "b": np.array([10.0, -10.0])},
    "relu_1": {},
    "norm": {"gamma": np.array([7.0]), "beta": np.array([7.0])},
    "head": {"dense_1": {"W": np.array([[3.0], [-4.0]]), "b": np.array([[10.0]])}},
}
PENALTIES = [
    L1(0.1),
    L2(0.1),
    ElasticNet(0.1, 0.2),
    L2(0.1, biases=True),
    PerLayer({"dense_1": L1(0.3), "head": ElasticNet(0.1, 0.2, biases=True)}),
]


def value(penalty: Penalty, params: Any = PARAMS) -> float:
    return float(penalty_value(params, penalty.strengths(PARAMS)))


def gradient(penalty: Penalty, params: Any = PARAMS) -> dict[str, Any]:
    return flatten(penalty_gradient(params, penalty.strengths(PARAMS)))


def test_penalties_by_hand() -> None:
    assert value(L1(0.1)) == pytest.approx(0.1 * (3.5 + 7.0))
    assert value(L2(0.1)) == pytest.approx(0.1 / 2 * (5.25 + 25.0))
    assert value(ElasticNet(0.1, 0.2)) == pytest.approx(0.1 * 10.5 + 0.2 / 2 * 30.25)
    np.testing.assert_allclose(gradient(L1(0.1))["dense_1/W"], [[0.1, -0.1], [0.1, 0.0]])
    np.testing.assert_allclose(gradient(L2(0.1))["dense_1/W"], [[0.1, -0.2], [0.05, 0.0]])
    np.testing.assert_allclose(gradient(ElasticNet(0.1, 0.2))["head/dense_1/W"], [[0.7], [-0.9]])


def test_biases_and_normalisation_are_charged_only_when_asked() -> None:
    spared = ["dense_1/b", "norm/gamma", "norm/beta", "head/dense_1/b"]
    for cls in (L1, L2):
        assert all(not gradient(cls(0.5))[path].any() for path in spared)
        assert all(gradient(cls(0.5, biases=True))[path].all() for path in spared)
    assert value(L1(0.1, biases=True)) == pytest.approx(0.1 * (10.5 + 20.0 + 14.0 + 10.0))
    assert value(ElasticNet(0.0, 0.1, biases=True)) == pytest.approx(0.05 * (30.25 + 200.0 + 98.0 + 100.0))


@pytest.mark.parametrize("penalty", PENALTIES, ids=repr)
def test_the_gradient_equals_central_differences(penalty: Penalty) -> None:
    params = tree_map(lambda leaf: leaf + 0.01, PARAMS)  # no weight on the kink of |w|
    step = 1e-6
    for path, leaf in flatten(params).items():
        differences = np.empty_like(leaf)
        for at in np.ndindex(leaf.shape):
            kept = leaf[at]
            leaf[at] = kept + step
            above = value(penalty, params)
            leaf[at] = kept - step
            differences[at] = (above - value(penalty, params)) / (2 * step)
            leaf[at] = kept
        np.testing.assert_allclose(gradient(penalty, params)[path], differences, rtol=1e-7, atol=1e-8, err_msg=path)


def test_a_lambda_for_each_layer() -> None:
    penalty = PerLayer({"dense_1": L1(0.3), "head/dense_1": L2(0.2)})
    assert value(penalty) == pytest.approx(0.3 * 3.5 + 0.1 * 25.0)
    assert value(PerLayer({"head": L2(0.2)})) == pytest.approx(0.1 * 25.0)
    assert value(PerLayer({"head": L2(0.2), "head/dense_1/W": L2(0.4)})) == pytest.approx(0.2 * 25.0)
    assert value(PerLayer({"norm/gamma": L1(0.1, biases=True)})) == pytest.approx(0.7)


def test_a_path_is_more_than_the_beginning_of_a_name() -> None:
    params = {"dense_1": {"W": np.ones((1, 1))}, "dense_10": {"W": np.ones((1, 1))}}
    strengths = PerLayer({"dense_1": L2(0.5)}).strengths(params)
    assert strengths["l2"] == {"dense_1": {"W": 0.5}, "dense_10": {"W": 0.0}}
    assert strengths["l1"] == {"dense_1": {"W": 0.0}, "dense_10": {"W": 0.0}}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("dense_2", "unknown layer with weights 'dense_2': did you mean dense_1"),
        ("relu_1", "unknown layer with weights 'relu_1'"),
        ("dense_1/w2", "unknown layer with weights 'dense_1/w2': did you mean dense_1/W"),
    ],
)
def test_a_layer_that_is_not_there(path: str, message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        PerLayer({path: L2(0.1)}).strengths(PARAMS)


@pytest.mark.parametrize("penalty", PENALTIES, ids=repr)
def test_penalties_are_values(penalty: Penalty) -> None:
    assert spec.decode(spec.encode(penalty), Penalty) == penalty
    assert eval(repr(penalty)) == penalty
    assert hash(penalty) == hash(eval(repr(penalty)))


def test_a_penalty_for_each_layer_from_a_table() -> None:
    data = {"type": "PerLayer", "penalties": {"dense_1": {"type": "L2", "strength": 0.1}}}
    assert spec.decode(data, Penalty) == PerLayer({"dense_1": L2(0.1)})


def test_both_engines_and_no_new_trace_for_another_lambda() -> None:
    model = Chain(Dense(3), ReLU(), Dense(1))
    params, _ = model.init(ops.key(0), np.zeros((1, 2), dtype=np.float32))
    traces = 0

    @jax.jit
    def charge(params: Any, strengths: Any) -> Any:
        nonlocal traces
        traces += 1
        return penalty_value(params, strengths), penalty_gradient(params, strengths)

    for penalty in (L2(0.1), L1(0.3), PerLayer({"dense_2": ElasticNet(0.1, 0.2)})):
        strengths = penalty.strengths(params)
        total, pull = charge(jax.tree.map(jnp.asarray, params), strengths)
        np.testing.assert_allclose(total, penalty_value(params, strengths), rtol=1e-6)
        for path, leaf in flatten(penalty_gradient(params, strengths)).items():
            np.testing.assert_allclose(flatten(pull)[path], leaf, rtol=1e-6, atol=1e-9)
            assert leaf.dtype == flatten(pull)[path].dtype == np.float32
        assert penalty_value(params, strengths).dtype == total.dtype == np.float32
    assert traces == 1


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: L1(-0.1), "L1: strength must be a number of at least 0, not -0.1"),
        (lambda: L2("0.1"), "L2: strength must be a number of at least 0, not '0.1'"),
        (lambda: L2(0.1, biases=1), "L2: biases must be a bool, not 1"),
        (lambda: ElasticNet(0.1, -1.0), "ElasticNet: l2 must be a number of at least 0"),
        (lambda: PerLayer({"dense_1": 0.1}), "PerLayer: the penalty of 'dense_1' must be a Penalty, not 0.1"),
        (lambda: PerLayer(L2(0.1)), r"PerLayer: write \{'dense_1': L2\(0.001\)\}, a penalty by path, not L2\(0.1\)"),
    ],
)
def test_penalties_that_make_no_sense_are_refused(make: Any, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        make()
