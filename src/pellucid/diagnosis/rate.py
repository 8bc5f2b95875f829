"""The learning-rate range test: the rate grows from step to step, and the loss says where it is of use."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pellucid.diagnosis.case import Case
from pellucid.errors import ConfigError, NonFiniteError
from pellucid.optim import ExponentialDecay
from pellucid.runs import fit
from pellucid.train.events import Event, StepsDone

LOWEST, HIGHEST = 1e-6, 10.0
STEPS = 200
SPIKES = 5
"""A median over so many steps takes single spikes out."""
SMOOTHING = 0.9
"""What is kept of the mean so far at each step, in both directions."""
EXPLODED = 3.0
"""A loss above the first one by so many times that has exploded: how far does not count."""
WORTH = 0.1
"""A fall of the loss by less of itself than this, and by less than its noise, is none."""


@dataclass(frozen=True, eq=False)
class RateTest:
    """Rates and losses of each step (n,), losses smoothed, and the ``suggested`` rate; None where the loss is flat.

    ``largest`` is the last rate before the loss rises. ``said`` says in a sentence how the suggestion came about.
    """

    rates: np.ndarray
    losses: np.ndarray
    smooth: np.ndarray
    suggested: float | None
    largest: float | None
    said: str


def range_test(case: Case, low: float = LOWEST, high: float = HIGHEST, steps: int = STEPS, seed: int = 0) -> RateTest:
    """Train with a rate that grows from ``low`` to ``high`` and suggest one.

    The loss is smoothed by medians and means. The suggested rate is where half of the fall of the loss is done: about
    where it falls most, and several times below the lowest point, behind which rates are of no use.

    Source: Smith 2017, "Cyclical learning rates for training neural networks", section 3.3.

    Args:
        case: the training; epochs and schedule do not count.
        low: the first rate.
        high: the last rate, more than ``low``.
        steps: how many steps, at least 20. It ends early where the loss is not finite.
        seed: of first weights and order.

    Returns:
        The test.

    Raises:
        ConfigError: for rates or steps that make no test, and for a rule without a learning rate.
    """
    if not 0 < low < high or steps < 20:
        raise ConfigError(
            f"rates go from low to high, 0 < low < high, in 20 steps at least, not {low:g} to {high:g} in {steps}"
        )
    rule: Any = case.optimizer
    if not hasattr(rule, "learning_rate"):
        raise ConfigError(f"{rule!r} has no learning rate")
    growing = ExponentialDecay(low, (high / low) ** (1 / (steps - 1)), 1)
    losses = _losses(case, replace(rule, learning_rate=growing), steps, seed)
    return judge(np.asarray(growing(np.arange(len(losses)))), losses)


def _losses(case: Case, rule: Any, steps: int, seed: int) -> np.ndarray:
    found: list[float] = []

    def hear(event: Event) -> None:
        if isinstance(event, StepsDone):
            found.extend(float(loss) for loss in event.numbers["loss"])

    size = min(case.batch_size, len(case.train))
    epochs = math.ceil(steps / max(math.ceil(len(case.train) / size), 1))
    options = case.options_of("penalty", "clip", "constraint", "engine")
    try:
        with np.errstate(all="ignore"):
            fit(
                case.model, case.loss, (case.train.x, case.train.y), optimizer=rule, epochs=epochs, batch_size=size,
                watch_every=0, seed=seed, listeners=[hear], **options,
            )  # fmt: skip
    except NonFiniteError:
        found.append(math.nan)  # the rates behind it are too large
    return np.array(found[:steps], np.float64)


def judge(rates: np.ndarray, losses: np.ndarray) -> RateTest:
    """What a curve of losses by rate (n,) says; the part behind the first loss that is not finite does not count."""
    ends = np.flatnonzero(~np.isfinite(losses))
    count = int(ends[0]) if len(ends) else len(losses)
    rates, losses = rates[:count], losses[:count]
    if count < 2 * SPIKES:
        said = "the loss is not finite from the first steps on: mend that first (pellucid drive)"
        return RateTest(rates, losses, losses, None, None, said)
    begin = float(np.median(losses[: max(count // 10, SPIKES)]))
    smooth = smoothed(np.minimum(losses, begin + EXPLODED * abs(begin)))
    start = float(np.median(smooth[: max(count // 10, SPIKES)]))
    lowest = _lowest(smooth, start)
    fall, noise = start - float(smooth[lowest]), float(np.median(np.abs(losses - smooth)[: lowest + 1]))
    if fall < max(WORTH * abs(start), noise):
        said = f"the loss hardly falls at any rate (by {max(fall, 0.0):.3g}, its noise is {noise:.3g}): look elsewhere"
        return RateTest(rates, losses, smooth, None, None, said)
    before = smooth[: lowest + 1]
    half = int(np.flatnonzero(before >= start - 0.5 * fall)[-1])
    suggested = float(f"{rates[half]:.2g}")
    said = f"there half of the fall of the loss is done; it is lowest at {rates[lowest]:.2g}, and rises behind it"
    return RateTest(rates, losses, smooth, suggested, float(rates[lowest]), said)


def _lowest(smooth: np.ndarray, start: float) -> int:
    """Where the loss is lowest before it first rises clearly above where it began."""
    worse = np.flatnonzero(smooth > start + abs(start))
    return int(np.argmin(smooth[: int(worse[0])] if len(worse) and worse[0] > 0 else smooth))


def smoothed(losses: np.ndarray) -> np.ndarray:
    """Medians of neighbours, then means that forget, forwards and backwards, so that nothing is shifted."""
    half = SPIKES // 2
    padded = np.pad(losses, half, mode="edge")
    medians = np.median(np.lib.stride_tricks.sliding_window_view(padded, SPIKES), axis=1)
    passes = [_means(medians), _means(medians[::-1])[::-1]]
    return np.asarray((passes[0] + passes[1]) / 2)


def _means(values: np.ndarray) -> np.ndarray:
    found, mean, weight = np.empty_like(values), 0.0, 0.0
    for i, value in enumerate(values):
        mean, weight = SMOOTHING * mean + (1 - SMOOTHING) * value, SMOOTHING * weight + 1 - SMOOTHING
        found[i] = mean / weight
    return found
