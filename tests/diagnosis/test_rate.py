"""The learning-rate range test: what curves say, with spikes, NaN and nothing at all; and one that is trained."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.diagnosis.rate import judge, range_test, smoothed
from pellucid.diagnosis.rate_curve import draw_rates, rate_dict, rate_text
from pellucid.errors import ConfigError
from pellucid.optim import GradientDescent
from small_trainings import of_amounts

RATES = np.logspace(-5, 1, 200)


def curve(noise=0.0):
    """Flat up to 1e-3, down to a tenth at 0.1, up behind it."""
    logs = np.log10(RATES)
    down = np.interp(logs, [-3, -1], [1.0, 0.1])
    up = np.where(logs > -0.5, (logs + 0.5) * 20, 0.0)
    return down + up + noise * np.random.default_rng(0).normal(size=len(RATES))


def test_the_suggestion_is_in_the_fall():
    found = judge(RATES, curve())
    assert 0.005 < found.suggested < 0.02
    assert found.suggested < found.largest < 0.6


def test_noise_and_spikes_hardly_move_it():
    losses = curve(noise=0.05)
    losses[[20, 60, 90]] = 50.0
    assert 0.004 < judge(RATES, losses).suggested < 0.03


def test_what_is_behind_nan_and_explosions_does_not_count():
    losses = curve()
    losses[150:170] = 1e30
    losses[170:] = np.nan
    found = judge(RATES, losses)
    assert 0.005 < found.suggested < 0.02
    assert len(found.rates) == 170


@pytest.mark.parametrize("losses", [np.ones(200), 1 + 0.01 * np.arange(200)])
def test_of_a_curve_that_does_not_fall_nothing_is_suggested(losses):
    found = judge(RATES, losses)
    assert found.suggested is None
    assert "hardly falls" in found.said


def test_nan_from_the_start_is_said():
    assert "from the first steps" in judge(RATES, np.full(200, np.nan)).said


def test_smoothing_shifts_nothing():
    values = np.zeros(99)
    values[44:55] = 1.0
    smooth = smoothed(values)
    assert int(np.argmax(smooth)) == 49
    np.testing.assert_allclose(smooth, smooth[::-1], atol=1e-12)


def test_a_real_training_up_to_where_it_diverges(tmp_path):
    found = range_test(of_amounts(optimizer=GradientDescent(), batch_size=16), low=1e-4, high=100.0, steps=120)
    assert 0.005 < found.suggested < 0.5
    text = rate_text(found)
    assert max(map(len, text.splitlines()[:-1])) <= 80
    assert f"suggested learning rate: {found.suggested:g}" in text
    draw_rates(found, tmp_path / "rate.png")
    assert (tmp_path / "rate.png").read_bytes().startswith(b"\x89PNG")
    assert len(rate_dict(found)["losses"]) == len(found.rates)


def test_rates_that_make_no_test_are_refused():
    with pytest.raises(ConfigError, match="0 < low < high"):
        range_test(of_amounts(), low=1.0, high=0.1)
