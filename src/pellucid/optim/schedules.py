"""Learning rates that change with the step, computed on the host: a schedule never compiles.

Steps are counted from 0, updates and not epochs; ``learning_rate=0.1`` alone is the constant schedule.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

import numpy as np

from pellucid import validate
from pellucid.errors import ConfigError
from pellucid.types import Array
from pellucid.value import Value


class Schedule(Value):
    """A learning rate that changes with the step."""

    @abstractmethod
    def __call__(self, step: Array) -> Array:
        """The learning rate at each ``step`` (counted from 0), float64 of the same shape."""


class ExponentialDecay(Schedule):
    """``initial * factor^(step / every)``: ``factor`` times the rate after each ``every`` steps. Above 1 it grows."""

    initial: float
    factor: float
    every: int

    def __post_init__(self) -> None:
        validate.positive(self, "initial", self.initial)
        validate.positive(self, "factor", self.factor)
        validate.positive_int(self, "every", self.every)

    def __call__(self, step: Array) -> Array:
        return self.initial * self.factor ** (_float64(step) / self.every)


class StepDecay(ExponentialDecay):
    """``initial * factor^floor(step / every)``: ExponentialDecay as a staircase."""

    def __call__(self, step: Array) -> Array:
        return super().__call__(_float64(step) // self.every * self.every)


class InverseTimeDecay(Schedule):
    """``initial / (1 + decay * step)``: half the rate after ``1 / decay`` steps.

    Its sum over all steps is infinite, that of its squares finite, as Robbins and Monro 1951, "A stochastic
    approximation method", ask of steps that shall converge under noise.
    """

    initial: float
    decay: float

    def __post_init__(self) -> None:
        validate.positive(self, "initial", self.initial)
        validate.positive(self, "decay", self.decay)

    def __call__(self, step: Array) -> Array:
        return self.initial / (1.0 + self.decay * _float64(step))


class CosineDecay(Schedule):
    """``final + (initial - final) (1 + cos(pi step / steps)) / 2``: down half a wave, then ``final`` for good.

    Source: Loshchilov and Hutter 2017, "SGDR: stochastic gradient descent with warm restarts", eq. 5.
    """

    initial: float
    steps: int
    final: float = 0.0

    def __post_init__(self) -> None:
        validate.positive(self, "initial", self.initial)
        validate.positive_int(self, "steps", self.steps)
        validate.non_negative(self, "final", self.final)

    def __call__(self, step: Array) -> Array:
        return _half_wave(self.initial, self.final, _float64(step) / self.steps)


class OneCycle(Schedule):
    """Up half a wave from ``peak / 25`` to ``peak`` in the part ``rise`` of the steps, then down to ``peak / 250000``.

    That is the rate at step ``steps``, as it is in optax; the step before, the last of so many, is a little above it.
    Source: Smith and Topin 2018, "Super-convergence: very fast training of neural networks using large learning
    rates", whose cycle is of straight lines; the half waves and the two divisors are today's habit.
    """

    peak: float
    steps: int
    rise: float = 0.3

    def __post_init__(self) -> None:
        validate.positive(self, "peak", self.peak)
        validate.positive_int(self, "steps", self.steps)
        validate.positive(self, "rise", self.rise)
        validate.fraction(self, "rise", self.rise)

    def __call__(self, step: Array) -> Array:
        done = _float64(step) / self.steps
        up = _half_wave(self.peak / 25.0, self.peak, done / self.rise)
        down = _half_wave(self.peak, self.peak / 25.0e4, (done - self.rise) / (1.0 - self.rise))
        return np.where(done < self.rise, up, down)


class PiecewiseConstant(Schedule):
    """``values[0]`` before step ``boundaries[0]``, ``values[1]`` from there to before ``boundaries[1]``, and so on.

    Raises ConfigError unless boundaries grow and there is one value more than boundaries.
    """

    boundaries: tuple[int, ...]
    values: tuple[float, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "boundaries", tuple(self.boundaries))
        object.__setattr__(self, "values", tuple(self.values))
        for boundary in self.boundaries:
            validate.positive_int(self, "a boundary", boundary)
        for value in self.values:
            validate.positive(self, "a value", value)
        if list(self.boundaries) != sorted(set(self.boundaries)):
            raise ConfigError(f"PiecewiseConstant: boundaries must grow, not {self.boundaries!r}")
        if len(self.values) != len(self.boundaries) + 1:
            raise ConfigError(
                f"PiecewiseConstant: {len(self.boundaries)} boundaries part {len(self.boundaries) + 1} values, "
                f"not {len(self.values)}"
            )

    def __call__(self, step: Array) -> Array:
        return np.asarray(self.values, dtype=np.float64)[np.searchsorted(self.boundaries, step, side="right")]


class Warmup(Schedule):
    """For ``steps`` steps the part ``(step + 1) / (steps + 1)`` of the first rate of ``then``; after them, ``then``.

    ``then`` is a schedule, counted from the end of the warm-up, or a constant rate. The line starts above 0, so that
    the first step moves too.
    Source: Goyal et al. 2017, "Accurate, large minibatch SGD: training ImageNet in 1 hour", section 2.2.
    """

    then: float | Schedule
    steps: int

    def __post_init__(self) -> None:
        require_rate(self, "then", self.then)
        validate.positive_int(self, "steps", self.steps)

    def __call__(self, step: Array) -> Array:
        step = _float64(step)
        part = np.minimum((step + 1.0) / (self.steps + 1.0), 1.0)
        return part * rates(self.then, np.maximum(step - self.steps, 0.0))


def rates(learning_rate: float | Schedule, steps: Array) -> Array:
    """The learning rate at each of ``steps``, float64 of the same shape."""
    if isinstance(learning_rate, Schedule):
        return learning_rate(steps)
    return np.full(np.shape(steps), learning_rate, dtype=np.float64)


def require_rate(owner: object, field: str, value: Any) -> None:
    """``value`` is a schedule or a finite number above 0. Raises ConfigError otherwise."""
    if not isinstance(value, Schedule):
        validate.positive(owner, field, value)


def _float64(step: Array) -> Array:
    return np.asarray(step, dtype=np.float64)


def _half_wave(first: float, last: float, part: Array) -> Array:
    """From ``first`` to ``last`` along half a cosine wave while ``part`` goes from 0 to 1, and still beyond."""
    return last + (first - last) * (1.0 + np.cos(np.pi * np.clip(part, 0.0, 1.0))) / 2.0
