import numpy as np
import pytest

from pellucid import spec
from pellucid.errors import ConfigError, DataError, ShapeError, describe
from pellucid.layer import Loss
from pellucid.losses import ActivityL1, HalfSquaredError, LossSum, MeanSquaredError, SoftmaxCrossEntropy

LOSS = LossSum(out=MeanSquaredError(), code=ActivityL1(0.5), weights=(1.0, 10.0))
Y = {"out": np.array([[1.0, 3.0]]), "code": np.array([[2.0, -4.0]])}


@pytest.mark.parametrize("target", [np.array([[1.0, 1.0]]), {"out": np.array([[1.0, 1.0]])}])
def test_by_hand(target):
    """``(0 + 4) / 2 + 10 * 0.5 * 6 = 32``; the gradients are ``2 (0, 2) / 2`` and ``10 * 0.5 (1, -1)``."""
    assert LOSS.value(Y, target) == 32.0
    gradient = LOSS.gradient(Y, target)
    assert gradient["out"].tolist() == [[0.0, 2.0]]
    assert gradient["code"].tolist() == [[5.0, -5.0]]
    LOSS.check_target(Y, target)


def test_predict_is_that_of_each_term():
    loss = LossSum(kind=SoftmaxCrossEntropy(), amount=MeanSquaredError())
    said = loss.predict({"kind": np.zeros((1, 4)), "amount": np.array([[7.0]])})
    assert said["kind"].tolist() == [[0.25] * 4]
    assert said["amount"] == 7.0


def test_sums_of_sums():
    loss = LossSum(left=LOSS, right=HalfSquaredError())
    target = {"left": np.array([[1.0, 1.0]]), "right": np.array([[0.0]])}
    assert loss.value({"left": Y, "right": np.array([[2.0]])}, target) == 34.0
    assert spec.decode(spec.encode(loss), Loss) == loss


@pytest.mark.parametrize(
    ("terms", "main", "task"),
    [
        ({"a": SoftmaxCrossEntropy(), "b": MeanSquaredError()}, "a", "classification"),
        ({"a": MeanSquaredError(), "b": ActivityL1(1.0)}, "a", "regression"),
        ({"a": MeanSquaredError(), "b": MeanSquaredError()}, None, "regression"),
        ({"a": SoftmaxCrossEntropy(), "b": SoftmaxCrossEntropy()}, None, "regression"),
        ({"b": ActivityL1(1.0)}, None, "regression"),
    ],
)
def test_the_main_term_says_the_task(terms, main, task):
    loss = LossSum(**terms)
    assert (loss.main, loss.task) == (main, task)
    assert loss.uses_target == ("a" in terms)


def test_it_shows_as_the_call_that_makes_it():
    assert repr(LOSS) == "LossSum(out=MeanSquaredError(), code=ActivityL1(0.5), weights=(1.0, 10.0))"
    assert repr(LossSum(a=MeanSquaredError())) == "LossSum(a=MeanSquaredError())"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "has no terms"),
        ({"a": MeanSquaredError}, r"a must be a Loss; write MeanSquaredError\(...\)"),
        ({"a": MeanSquaredError(), "weights": (1.0, 2.0)}, "weights are 1 numbers"),
        ({"a": MeanSquaredError(), "weights": 2.0}, "weights are 1 numbers"),
        ({"a": MeanSquaredError(), "weights": (0.0,)}, "the weight of a must be a number above 0, not 0.0"),
    ],
)
def test_what_cannot_be_summed(given, why):
    with pytest.raises(ConfigError, match=why):
        LossSum(**given)


def test_a_specification_has_a_name_for_each_term():
    with pytest.raises(ConfigError, match="two lists of one length"):
        spec.decode({"type": "LossSum", "terms": [{"type": "MeanSquaredError"}], "names": []}, Loss)


@pytest.mark.parametrize("y", [Y["out"], {"out": Y["out"]}, {**Y, "more": Y["out"]}])
def test_outputs_have_the_names_of_the_terms(y):
    with pytest.raises(ShapeError, match="needs outputs by name, out, code, not"):
        LOSS.value(y, Y["out"])


def test_targets_have_the_names_of_the_terms_that_use_one():
    with pytest.raises(DataError, match="needs targets by name, out, not out, code"):
        LOSS.value(Y, Y)
    with pytest.raises(DataError, match="needs targets by name, a, b, not one array"):
        LossSum(a=MeanSquaredError(), b=MeanSquaredError()).value({"a": Y["out"], "b": Y["out"]}, Y["out"])


def test_a_bad_target_is_told_with_the_name_of_its_term():
    loss = LossSum(kind=SoftmaxCrossEntropy(), amount=MeanSquaredError())
    with pytest.raises(DataError) as caught:
        loss.check_target(
            {"kind": np.zeros((1, 3)), "amount": np.zeros((1, 1))}, {"kind": np.array([5]), "amount": np.zeros(1)}
        )
    assert describe(caught.value).endswith("in term kind")
