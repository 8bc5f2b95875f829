"""Schedules against those of optax, and by hand where optax has none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import numpy as np
import optax
import pytest

from pellucid import optim, spec
from pellucid.errors import ConfigError
from pellucid.optim import Schedule
from pellucid.value import subclasses

STEPS = np.arange(150)


def joined(*parts: Any, at: list[int]) -> Callable[[Any], Any]:
    return optax.join_schedules([part if callable(part) else optax.constant_schedule(part) for part in parts], at)


CASES: list[tuple[Schedule, Callable[[Any], Any]]] = [
    (optim.ExponentialDecay(0.5, 0.9, every=7), optax.exponential_decay(0.5, 7, 0.9)),
    (optim.StepDecay(0.5, 0.3, every=20), optax.exponential_decay(0.5, 20, 0.3, staircase=True)),
    (optim.InverseTimeDecay(0.5, decay=0.25), lambda step: 0.5 / (1 + 0.25 * step)),
    (optim.CosineDecay(0.5, steps=100), optax.cosine_decay_schedule(0.5, 100)),
    (optim.CosineDecay(0.5, steps=100, final=0.05), optax.cosine_decay_schedule(0.5, 100, alpha=0.1)),
    (optim.OneCycle(0.5, steps=100), optax.cosine_onecycle_schedule(100, 0.5)),
    (optim.OneCycle(0.5, steps=100, rise=0.4), optax.cosine_onecycle_schedule(100, 0.5, pct_start=0.4)),
    (optim.PiecewiseConstant((10, 50), (0.5, 0.2, 0.9)), joined(0.5, 0.2, 0.9, at=[10, 50])),
    (optim.PiecewiseConstant((), (0.5,)), optax.constant_schedule(0.5)),
    (optim.Warmup(0.5, steps=9), optax.linear_schedule(0.05, 0.5, 9)),
    (
        optim.Warmup(optim.CosineDecay(0.5, steps=100), steps=9),
        joined(optax.linear_schedule(0.05, 0.5, 9), optax.cosine_decay_schedule(0.5, 100), at=[9]),
    ),
]


@pytest.mark.parametrize(
    ("schedule", "wanted"), CASES, ids=lambda case: repr(case) if isinstance(case, Schedule) else ""
)
def test_a_schedule_equals_that_of_optax(schedule: Schedule, wanted: Callable[[Any], Any]) -> None:
    with jax.enable_x64(True):
        rates = np.asarray(jax.vmap(wanted)(STEPS))
    np.testing.assert_allclose(schedule(STEPS), np.broadcast_to(rates, STEPS.shape), rtol=1e-12)
    assert schedule(STEPS).dtype == np.float64
    assert schedule(STEPS.reshape(10, 15)).shape == (10, 15)
    assert schedule(7) == schedule(STEPS)[7]
    assert spec.decode(spec.encode(schedule), Schedule) == schedule


def test_every_public_schedule_has_a_case() -> None:
    public = {cls for cls in subclasses(Schedule) if cls.__module__.startswith("pellucid.")}
    assert {type(schedule) for schedule, _ in CASES} == public
    assert {cls.__name__ for cls in public} <= set(optim.__all__)


def test_schedules_by_hand() -> None:
    np.testing.assert_allclose(optim.StepDecay(1.0, 0.5, every=2)(np.arange(5)), [1, 1, 0.5, 0.5, 0.25])
    np.testing.assert_allclose(optim.Warmup(1.0, steps=3)(np.arange(5)), [0.25, 0.5, 0.75, 1, 1])
    np.testing.assert_allclose(optim.CosineDecay(1.0, steps=2, final=0.5)(np.arange(4)), [1, 0.75, 0.5, 0.5])
    np.testing.assert_allclose(optim.OneCycle(1.0, steps=4, rise=0.5)([0, 1, 2, 4, 9]), [0.04, 0.52, 1, 4e-6, 4e-6])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: optim.StepDecay(0.0, 0.5, 10), "StepDecay: initial must be a number above 0, not 0.0"),
        (lambda: optim.ExponentialDecay(0.1, 0.5, 0), "ExponentialDecay: every must be a whole number of at least 1"),
        (lambda: optim.CosineDecay(0.1, steps=2.5), "CosineDecay: steps must be a whole number of at least 1, not 2.5"),
        (lambda: optim.OneCycle(0.1, 10, rise=0.0), "OneCycle: rise must be a number above 0"),
        (lambda: optim.OneCycle(0.1, 10, rise=1.0), "OneCycle: rise must be a number from 0 up to"),
        (lambda: optim.PiecewiseConstant((5, 5), (1, 2, 3)), r"PiecewiseConstant: boundaries must grow, not \(5, 5\)"),
        (lambda: optim.PiecewiseConstant((5,), (1.0,)), "1 boundaries part 2 values, not 1"),
        (lambda: optim.Warmup("slow", 5), "Warmup: then must be a number above 0, not 'slow'"),
    ],
)
def test_schedules_that_make_no_sense_are_refused(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        make()
