from __future__ import annotations

import numpy as np
import pytest

from pellucid.check.differences import measure, relative_error

NOISE = 1e-15


def measured(function, slope, step=1e-5):
    """``function`` of one number at 0, its slope held against ``slope``."""

    def line(which, offsets):
        return np.array([function(t) for t in offsets])

    one = np.zeros(1, int)
    return measure(line, one, np.array([step]), np.array([slope]), function(0.0), NOISE)


def test_relative_error():
    assert relative_error(np.array([2.0, -1.0, 0.0]), np.array([1.0, 1.0, 0.0]), 0.0) == pytest.approx([0.5, 2.0, 0.0])
    assert relative_error(np.array([1e-9]), np.array([0.0]), 1e-3) == pytest.approx([1e-6])
    assert relative_error(np.array([np.nan, 1.0]), np.array([1.0, np.inf]), 1.0).tolist() == [np.inf, np.inf]


@pytest.mark.parametrize("slope", [1.0, 1.001, -1.0, 0.0])
def test_a_smooth_function_has_one_slope_whatever_is_expected(slope):
    found = measured(np.sin, slope)
    assert found.value == pytest.approx([1.0], abs=1e-9)
    assert not found.kink[0]


@pytest.mark.parametrize("kink", [3e-6, 9e-6, -3e-6, 1e-8])
@pytest.mark.parametrize("wrong", [0.0, 0.001, 1.5])
def test_beside_a_kink_only_the_slope_of_the_points_own_side_is_confirmed(kink, wrong):
    """``max(t - kink, 0)`` at 0: its slope there is 0 before the kink and 1 behind it."""
    right = 1.0 if kink < 0 else 0.0
    found = measured(lambda t: max(t - kink, 0.0), right + wrong)
    assert found.kink[0]
    if wrong:
        assert abs(found.value[0] - right - wrong) > 1e-4
    else:
        assert found.value[0] == pytest.approx(right, abs=1e-9)


def test_kinks_on_both_sides_need_a_smaller_step():
    found = measured(lambda t: max(t - 3e-6, 0.0) + max(-t - 2e-6, 0.0), 0.0)
    assert found.kink[0]
    assert found.value[0] == 0.0


def test_a_step_too_long_for_the_curve_is_shortened():
    found = measured(lambda t: np.sin(3000.0 * t) / 3000.0, 1.0)
    assert found.value == pytest.approx([1.0], abs=2e-7)
    assert abs((np.sin(0.03) / 0.03) - 1.0) > 1e-4  # what the first step gives


def test_where_only_the_curvature_jumps_the_sides_still_agree():
    """``t + 1000 t max(t, 0)``: the slope is 1 on both sides, but no central difference finds it."""
    assert measured(lambda t: t + 1000.0 * t * max(t, 0.0), 1.0).value == pytest.approx([1.0], abs=1e-9)
