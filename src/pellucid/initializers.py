"""First values of weights: what each rule draws, and the mean and variance it gives to a layer's output."""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import Any

from pellucid import ops
from pellucid.types import Array, Key
from pellucid.value import Value


class Initializer(Value):
    """Draws the first values of one array of weights."""

    @abstractmethod
    def __call__(self, key: Key, shape: tuple[int, ...], fan_in: int, fan_out: int, dtype: Any) -> Array:
        """An array of ``shape`` and ``dtype``; each unit sums ``fan_in`` inputs and feeds ``fan_out`` units."""


class Zeros(Initializer):
    """``W = 0``. Right for biases; for weights it shows why not: every unit stays the twin of every other.

    Output of ``y = x W``: mean 0, variance 0.
    """

    def __call__(self, key: Key, shape: tuple[int, ...], fan_in: int, fan_out: int, dtype: Any) -> Array:
        return ops.namespace(key).zeros(shape, dtype=dtype)


class He(Initializer):
    """``W = sqrt(2 / fan_in) * normal``: keeps the variance through layers of ReLU, which halves the square.

    Output of ``y = x W`` with ``E[x^2] = q``: mean 0, variance ``2 q``. Source: He et al. 2015, "Delving deep into
    rectifiers", eq. 10.
    """

    def __call__(self, key: Key, shape: tuple[int, ...], fan_in: int, fan_out: int, dtype: Any) -> Array:
        return math.sqrt(2.0 / fan_in) * ops.normal(key, shape, dtype)


class Glorot(Initializer):
    """``W = sqrt(2 / (fan_in + fan_out)) * normal``: between keeping the outputs' variance and the gradients'.

    Output of ``y = x W`` with ``E[x^2] = q``: mean 0, variance ``2 q fan_in / (fan_in + fan_out)``, which is q
    where both fans are equal. Source: Glorot and Bengio 2010, "Understanding the difficulty of training deep
    feedforward neural networks", eq. 12.
    """

    def __call__(self, key: Key, shape: tuple[int, ...], fan_in: int, fan_out: int, dtype: Any) -> Array:
        return math.sqrt(2.0 / (fan_in + fan_out)) * ops.normal(key, shape, dtype)
