from __future__ import annotations

import numpy as np
import pytest

from pellucid.data.base.targets import (
    AmountsTarget,
    ClassTarget,
    InputsTarget,
    LabelsTarget,
    NumberTarget,
    SeriesTarget,
)
from pellucid.data.preparation.scaling import Scaling
from pellucid.errors import ConfigError, DataError


def test_labels_stand_for_classes():
    target = ClassTarget("y", ("a", "b", "c"))
    assert target.labels == {"a": 0, "b": 1, "c": 2}
    assert target.decode(np.array([2, 0, 0])).tolist() == ["c", "a", "a"]


def test_rare_classes_are_noted():
    target = ClassTarget("y", ("a", "b", "c"))
    labels, parts = np.array([0, 0, 0, 1, 1, 2]), tuple(map(np.array, ([0, 3, 5], [1], [2, 4])))
    assert target.note_rare(labels, parts) == (
        "classes with too few examples to be in every part: 'b' (train 1, test 1), 'c' (train 1)",
    )
    assert target.note_rare(np.repeat([0, 1, 2], 3), np.arange(9).reshape(3, 3).T) == ()


def test_amounts_are_scaled_and_come_back():
    amounts = np.array([10.0, 20.0, 30.0, 40.0])
    target = NumberTarget.fit("y", amounts)
    assert (target.mean, target.task, target.classes) == (25.0, "regression", None)
    y = target.encode(amounts)
    assert (y.dtype, y.shape) == (np.float32, (4, 1))
    np.testing.assert_allclose(y[:, 0], (amounts - 25.0) / np.sqrt(125.0), rtol=1e-6)
    np.testing.assert_allclose(target.decode(y), amounts, rtol=1e-6)
    assert NumberTarget.fit("y", np.array([2.0, 2.0])).scale == 1.0


def test_what_cannot_be():
    for classes in (("a",), ("a", "a")):
        with pytest.raises(DataError, match="at least two classes that differ"):
            ClassTarget("y", classes)
    with pytest.raises(DataError, match="a scale above 0, not -1"):
        NumberTarget("y", 0.0, -1.0)
    with pytest.raises(DataError, match="variables that differ"):
        SeriesTarget(2, Scaling.uniform(["a", "a"]))
    with pytest.raises(ConfigError, match="horizon"):
        SeriesTarget(0, Scaling.uniform(["a"]))


def test_a_series_is_decoded_in_its_own_units():
    target = SeriesTarget(2, Scaling(("a", "b"), (0.0, 0.0), (1.0, 10.0), (2.0, 5.0)))
    assert (target.names, target.name) == (("a", "b"), "a, b")
    assert target.decode(np.array([[[0, 0], [1, 1]]], np.float32)).tolist() == [[[1.0, 10.0], [3.0, 15.0]]]


def test_inputs_as_the_target_say_what_is_not_used():
    assert InputsTarget(None).reason == "the network learns to reconstruct its inputs"
    assert InputsTarget("kind").reason == "the network learns to reconstruct its inputs, 'kind' is not used"


def test_the_logarithm_of_amounts_is_learnt_and_undone():
    amounts = np.array([0.0, 1.0, 9.0])
    target = NumberTarget.fit("y", amounts, log_shift=1.0)
    learnt = np.log([1.0, 2.0, 10.0])
    assert (target.mean, target.scale) == pytest.approx((learnt.mean(), learnt.std()))
    np.testing.assert_allclose(target.decode(target.encode(amounts)), amounts, atol=1e-5)
    assert np.isfinite(target.decode(np.array([[1e6]]))).all()
    with pytest.raises(DataError, match=r"the target 'y' is -2 in a row, of which there is no logarithm of y \+ 1"):
        target.encode(np.array([3.0, -2.0]))


def test_several_amounts_each_come_back_in_their_own_unit():
    target = AmountsTarget((NumberTarget("a", 1.0, 2.0), NumberTarget("b", 10.0, 5.0)))
    assert (target.columns, target.outputs, target.name) == (("a", "b"), ("a", "b"), "a, b")
    assert target.decode(np.array([[0.0, 1.0], [1.0, -1.0]])).tolist() == [[1.0, 15.0], [3.0, 5.0]]


def test_several_labels_are_the_second_class_above_a_half():
    target = LabelsTarget((ClassTarget("wet", ("no", "yes")), ClassTarget("cold", ("0", "1"))))
    assert target.decode(np.array([[0.5, 0.51], [0.9, 0.1]])).tolist() == [["no", "1"], ["yes", "0"]]
    with pytest.raises(DataError, match="each has two classes, but 'sky' has"):
        LabelsTarget((ClassTarget("sky", ("blue", "grey", "black")),))


def test_each_target_says_what_outputs_stand_for():
    assert ClassTarget("y", ("a", "b")).outputs == ("a", "b")
    assert NumberTarget("y", 0.0, 1.0).outputs == ("y",)
    assert InputsTarget("y").outputs == ()
    assert [InputsTarget(None).columns, InputsTarget("y").columns] == [(), ("y",)]
