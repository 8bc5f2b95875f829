"""How often to watch by itself: by counts alone, in few steps of a long training, and where it costs little."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pellucid.train.engines import Work
from pellucid.train.watch_interval import (
    FREE,
    MOST_ROWS,
    SHARE,
    TrainingSize,
    Watching,
    choose_interval,
    choose_measuring,
)

TINY = TrainingSize(Work(5, 114, 136), 114, 10, 400, "numpy", ("numpy",))
LARGE = TrainingSize(Work(5, 500_000, 6_000), 500_000, 128, 100_000, "jax", ("jax", "numpy"))


@pytest.mark.parametrize("size", [TINY, LARGE, replace(LARGE, steps=1_000), replace(TINY, steps=10**6)])
def test_watching_takes_a_small_share_of_the_time(size):
    chosen = choose_interval(size)
    spent = size.seconds(chosen.engine, size.steps // chosen.every)
    assert spent <= max(SHARE * size.steps * size.step_seconds, FREE) * 1.001
    assert size.steps // chosen.every <= MOST_ROWS


def test_a_short_training_is_seen_and_a_long_one_seldom():
    assert 1 <= choose_interval(TINY).every <= 30
    assert choose_interval(replace(TINY, steps=10**7)).every == 10**7 // MOST_ROWS


def test_the_engine_that_measures_is_compiled_where_that_pays():
    assert choose_interval(LARGE).engine == "jax"
    assert choose_interval(replace(LARGE, steps=1_000)).engine == "numpy"
    assert choose_measuring(LARGE, 1) == Watching(1, "jax")
    assert choose_measuring(LARGE, 50_000) == Watching(50_000, "numpy")


def test_what_cannot_be_watched_cheaply_is_not_watched():
    huge = replace(LARGE, parameters=10**9, steps=3)
    assert choose_interval(huge) is None
