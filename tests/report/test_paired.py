"""Differences between two models, and how likely they come about by chance."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import ttest_rel

from pellucid.report.paired import paired_gain


def test_mcnemar_by_hand():
    """Six examples are told apart by one model alone, five of them by the other: 2 (1 + 6) / 64."""
    errors, others = np.zeros(20), np.zeros(20)
    errors[:5], others[5] = 1, 1
    found = paired_gain(errors, others)
    assert found["gain"] == pytest.approx(4 / 20)
    assert found["p_value"] == pytest.approx(2 * 7 / 64)
    assert found["standard_error"] == pytest.approx(np.std(errors - others, ddof=1) / np.sqrt(20))


def test_amounts_are_those_of_the_paired_t_test():
    rng = np.random.default_rng(0)
    errors, others = rng.exponential(size=50), rng.exponential(size=50)
    assert paired_gain(errors, others)["p_value"] == pytest.approx(ttest_rel(errors, others).pvalue)


def test_steps_in_common_make_a_difference_less_sure():
    steps = np.random.default_rng(0).normal(size=205)
    seen = np.convolve(steps, np.ones(6) / 6, mode="valid") + 1
    alone, common = (paired_gain(seen, np.zeros(200), overlap)["standard_error"] for overlap in (0, 5))
    assert common > 1.5 * alone
    assert paired_gain(np.full(9, 2.0), np.zeros(9), 3)["p_value"] == 0


def test_equal_models_and_too_few_examples():
    assert paired_gain(np.ones(5), np.ones(5))["p_value"] == 1
    assert paired_gain(np.full(5, 0.3), np.full(5, 0.3))["p_value"] == 1
    assert np.isnan(paired_gain([1.0], [0.0])["p_value"])


@pytest.mark.parametrize("binary", [True, False])
def test_chance_is_taken_for_more_than_chance_one_time_in_twenty(binary):
    rng = np.random.default_rng(1)
    draw = (lambda: rng.integers(0, 2, 60)) if binary else (lambda: rng.chisquare(1, 60))
    found = [paired_gain(draw(), draw())["p_value"] < 0.05 for _ in range(400)]
    assert 0.01 < np.mean(found) < 0.08
