"""Each stage of an update by hand, all of them in their order, and which share a compiled program."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import L1, L2, ClipByValue, GradientDescent, MaxNorm
from pellucid.train.batch import StepInputs
from pellucid.train.stages import Update, stages_of

PARAMS = {"dense_1": {"W": np.array([[3.0], [-4.0]]), "b": np.array([1.0])}}
GRADIENTS = {"dense_1": {"W": np.array([[-1.0], [0.5]]), "b": np.array([2.0])}}
INPUTS = StepInputs(1, 0.5, None)


def after(*stages):
    update = Update(PARAMS, GRADIENTS, {})
    for stage in stages:
        update = stage.apply(update, stage.numbers(PARAMS), INPUTS)
    dense = update.params["dense_1"]
    return dense["W"].ravel().tolist(), dense["b"].tolist()


def test_the_rule_alone_goes_down_the_gradient():
    assert after(*stages_of(GradientDescent(0.1))) == ([3.5, -4.25], [0.0])  # the learning rate is the step's, 0.5


@pytest.mark.parametrize(
    ("parts", "W", "b"),
    [
        ({"penalty": L2(0.5)}, [3.0 - 0.5 * (-1 + 1.5), -4.0 - 0.5 * (0.5 - 2.0)], [0.0]),
        ({"penalty": L1(0.25)}, [3.0 - 0.5 * (-1 + 0.25), -4.0 - 0.5 * (0.5 - 0.25)], [0.0]),
        ({"clip": ClipByValue(0.75)}, [3.375, -4.25], [0.625]),
        ({"constraint": MaxNorm(1.0)}, [3.5 / np.hypot(3.5, 4.25), -4.25 / np.hypot(3.5, 4.25)], [0.0]),
        ({"fixed": ("dense_1/b",)}, [3.5, -4.25], [1.0]),
        ({"fixed": ("dense_1/W",)}, [3.0, -4.0], [0.0]),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_stage_by_hand(parts, W, b):
    got_W, got_b = after(*stages_of(GradientDescent(0.1), **parts))
    assert got_W == pytest.approx(W)
    assert got_b == pytest.approx(b)


def test_the_penalty_is_clipped_with_the_gradient_and_what_is_fixed_comes_last():
    stages = stages_of(GradientDescent(0.1), L2(1.0), ClipByValue(1.0), MaxNorm(2.0), ("dense_1/b",))
    assert [stage.name for stage in stages] == ["penalty", "clip", "optimizer", "constraint", "fixed"]
    W, b = after(*stages)  # the gradient of W is clipped from [2, -3.5] to [1, -1], then W from [2.5, -3.5] to length 2
    assert pytest.approx((np.array([2.5, -3.5]) * 2 / np.hypot(2.5, 3.5)).tolist()) == W
    assert b == [1.0]


def test_stages_that_differ_in_numbers_alone_share_a_program():
    def programs(rate, strength, bound):
        stages = stages_of(GradientDescent(rate), L2(strength), ClipByValue(bound), MaxNorm(bound))
        return [stage.program for stage in stages]

    assert programs(0.1, 0.2, 1.0) == programs(0.3, 0.4, 2.0)
    (frozen,), (other,) = ((stages_of(GradientDescent(0.1), fixed=(path,))[1:]) for path in ("a/b", "a/W"))
    assert frozen.program != other.program
