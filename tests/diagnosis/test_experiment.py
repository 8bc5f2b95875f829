"""The statistics of a proof."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import ttest_rel

from pellucid.diagnosis.experiment import chance, compare, is_confirmed
from pellucid.diagnosis.trial import Trial
from small_trainings import of_amounts, of_classes


def trials(*errors):
    return [Trial(error, error, (), False) for error in errors]


def compared(before, after):
    return compare(trials(*before), trials(*after), "a change", True)


def test_p_is_that_of_a_paired_one_sided_t_test():
    before, after = (0.5, 0.6, 0.55, 0.7, 0.52), (0.4, 0.45, 0.5, 0.5, 0.5)
    found = compared(before, after)
    assert found.p == pytest.approx(ttest_rel(before, after, alternative="greater").pvalue)
    assert found.gain == pytest.approx(sum(before) / 5 - sum(after) / 5)


def test_differences_that_are_all_the_same_are_sure():
    assert (compared((0.5,) * 5, (0.25,) * 5).effect, compared((0.5,) * 5, (0.25,) * 5).p) == (math.inf, 0.0)
    assert compared((0.5,) * 5, (0.5,) * 5).p == 1.0


def of(rows, classes=True):
    """A case with so many validation examples."""
    case = (of_classes if classes else of_amounts)(rows=40)
    part = case.validation.take(np.arange(rows) % len(case.validation))
    return replace(case, validation=part)


def test_a_cure_is_large_and_significant():
    large = compared((0.9, 0.92, 0.88, 0.91, 0.9), (0.1, 0.12, 0.1, 0.11, 0.1))
    assert is_confirmed(large, of(200), 0.1)
    small = compared((0.12, 0.13, 0.12, 0.11, 0.12), (0.1, 0.11, 0.1, 0.1, 0.1))
    assert not is_confirmed(small, of(2000), 0.1)
    unsure = compared((0.9, 0.1, 0.9, 0.1, 0.5), (0.1, 0.9, 0.1, 0.1, 0.5))
    assert not is_confirmed(unsure, of(200), 0.1)


def test_a_cure_beats_a_constant_answer_and_comes_near_the_plain_models():
    before = (1.9, 2.0, 1.95, 2.0, 1.9)
    assert not is_confirmed(compared(before, (1.0, 1.01, 1.0, 1.02, 1.0)), of(200, classes=False), None)
    halfway = compared((0.9, 0.91, 0.92, 0.9, 0.9), (0.6, 0.61, 0.6, 0.62, 0.6))
    assert is_confirmed(halfway, of(2000), None)
    assert not is_confirmed(halfway, of(2000), 0.05)


def test_what_few_examples_may_show_by_chance():
    case = of(100)
    share = 0.25 * case.constant_error
    assert chance(0.25, case) == pytest.approx(math.sqrt(share * (1 - share) / 100) / case.constant_error)
    few = compared((0.5, 0.52, 0.51, 0.5, 0.5), (0.39, 0.4, 0.4, 0.41, 0.4))
    assert is_confirmed(few, of(2000), None)
    assert not is_confirmed(few, of(40), None)
