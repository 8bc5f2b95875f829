"""First values of weights: what each rule draws, and the mean and variance it gives to a layer's output.

Below, an output is a number of ``y = x W``, and q is the mean of the squares of the inputs x that it sums. Mean and
variance are over draws of W; a bias of 0 changes neither.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import Any, Literal, TypeAlias, get_args

from pellucid import ops, validate
from pellucid.errors import ShapeError, UnknownNameError
from pellucid.types import Array, Key
from pellucid.value import Value

Distribution: TypeAlias = Literal["normal", "uniform"]


class Initializer(Value):
    """Draws the first values of one array of weights."""

    @abstractmethod
    def __call__(self, key: Key, shape: tuple[int, ...], fan_in: int, fan_out: int, dtype: Any) -> Array:
        """An array of ``shape`` and ``dtype``; each unit sums ``fan_in`` inputs and feeds ``fan_out`` units."""


class Constant(Initializer):
    """``W = value``: every unit is the twin of every other, and gradients keep them so. For biases and examples.

    Output: mean ``value`` times the sum of x, variance 0.
    """

    value: float

    def __post_init__(self) -> None:
        validate.number(self, "value", self.value)

    def __call__(self, key: Key, shape: tuple[int, ...], fan_in: int, fan_out: int, dtype: Any) -> Array:
        return ops.namespace(key).full(shape, self.value, dtype=dtype)


class Zeros(Initializer):
    """``W = 0``. Right for biases; for weights it shows why not: every unit stays the twin of every other.

    Output: mean 0, variance 0.
    """

    def __call__(self, key: Key, shape: tuple[int, ...], fan_in: int, fan_out: int, dtype: Any) -> Array:
        return ops.namespace(key).zeros(shape, dtype=dtype)


class SmallNormal(Initializer):
    """``W = scale * normal``: breaks the symmetry, but outputs and gradients shrink from layer to layer.

    Output: mean 0, variance ``scale^2 q fan_in``. Raises ConfigError unless ``scale`` is above 0.
    """

    scale: float = 0.001

    def __post_init__(self) -> None:
        validate.positive(self, "scale", self.scale)

    def __call__(self, key: Key, shape: tuple[int, ...], fan_in: int, fan_out: int, dtype: Any) -> Array:
        return self.scale * ops.normal(key, shape, dtype)


class Uniform(Initializer):
    """``W = limit (2 u - 1)``, u uniform on [0, 1): between ``-limit`` and ``limit``, whatever the fans.

    Output: mean 0, variance ``limit^2 q fan_in / 3``. Raises ConfigError unless ``limit`` is above 0.
    """

    limit: float = 0.05

    def __post_init__(self) -> None:
        validate.positive(self, "limit", self.limit)

    def __call__(self, key: Key, shape: tuple[int, ...], fan_in: int, fan_out: int, dtype: Any) -> Array:
        return self.limit * (2.0 * ops.uniform(key, shape, dtype) - 1.0)


class FanIn(Initializer):
    """``W = normal / sqrt(fan_in)``: outputs vary as much as inputs, however many there are.

    Output: mean 0, variance ``q``.
    """

    def __call__(self, key: Key, shape: tuple[int, ...], fan_in: int, fan_out: int, dtype: Any) -> Array:
        return ops.normal(key, shape, dtype) / math.sqrt(fan_in)


class VarianceScaling(Initializer):
    """Numbers with mean 0 and the ``variance`` that a subclass makes of the fans.

    The ``distribution`` is "normal", or "uniform" between plus and minus ``sqrt(3 variance)``, which bounds the largest
    weight. Raises UnknownNameError for another.
    """

    distribution: Distribution = "normal"

    def __post_init__(self) -> None:
        if self.distribution not in get_args(Distribution):
            raise UnknownNameError("distribution", self.distribution, get_args(Distribution))

    @abstractmethod
    def variance(self, fan_in: int, fan_out: int) -> float:
        """The variance of each weight."""

    def __call__(self, key: Key, shape: tuple[int, ...], fan_in: int, fan_out: int, dtype: Any) -> Array:
        variance = self.variance(fan_in, fan_out)
        if self.distribution == "normal":
            return math.sqrt(variance) * ops.normal(key, shape, dtype)
        return math.sqrt(3.0 * variance) * (2.0 * ops.uniform(key, shape, dtype) - 1.0)


class LeCun(VarianceScaling):
    """Weights of variance ``1 / fan_in``, as those of ``FanIn``, but by default uniform: no weight starts far out.

    Output: mean 0, variance ``q``. Source: LeCun, Bottou, Orr and Müller 1998, "Efficient BackProp", eq. 16.
    """

    distribution: Distribution = "uniform"

    def variance(self, fan_in: int, fan_out: int) -> float:
        return 1.0 / fan_in


class He(VarianceScaling):
    """Weights of variance ``2 / fan_in``: keeps the variance through layers of ReLU, which halves the square.

    Output: mean 0, variance ``2 q``. Source: He et al. 2015, "Delving deep into rectifiers", eq. 10.
    """

    def variance(self, fan_in: int, fan_out: int) -> float:
        return 2.0 / fan_in


class Glorot(VarianceScaling):
    """Weights of variance ``2 / (fan_in + fan_out)``: between keeping the outputs' variance and the gradients'.

    Output: mean 0, variance ``2 q fan_in / (fan_in + fan_out)``, which is q where both fans are equal. Source: Glorot
    and Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks", eqs. 12 and 16.
    """

    def variance(self, fan_in: int, fan_out: int) -> float:
        return 2.0 / (fan_in + fan_out)


class Orthogonal(Initializer):
    """``W = gain * Q``, with columns of length ``gain`` at right angles; where W is wide, its rows are so.

    No direction of x is stretched or squeezed more than another (a wide W keeps all lengths, a tall one drops some
    directions). Q is uniform among such matrices: the QR decomposition of normal numbers with the signs of R's
    diagonal taken into Q. An array with more than two axes is filled as the matrix (all but the last, last).
    Output: mean 0, variance ``gain^2 q`` where ``fan_in >= fan_out``, else ``gain^2 q fan_in / fan_out``.
    Raises ConfigError unless ``gain`` is above 0, ShapeError for fewer than two axes. Sources: Saxe, McClelland and
    Ganguli 2014, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks"; Mezzadri
    2007, "How to generate random matrices from the classical compact groups", section 5.
    """

    gain: float = 1.0

    def __post_init__(self) -> None:
        validate.positive(self, "gain", self.gain)

    def __call__(self, key: Key, shape: tuple[int, ...], fan_in: int, fan_out: int, dtype: Any) -> Array:
        if len(shape) < 2:
            raise ShapeError(f"{self!r} fills matrices, not shape {shape}: take Zeros() for biases")
        xp = ops.namespace(key)
        rows, columns = math.prod(shape[:-1]), shape[-1]
        tall = ops.normal(key, (max(rows, columns), min(rows, columns)), dtype)
        Q, R = xp.linalg.qr(tall)
        Q = Q * xp.where(xp.diagonal(R) < 0, -1.0, 1.0).astype(dtype)
        return self.gain * (Q if rows >= columns else Q.T).reshape(shape)


__all__ = [
    "Constant",
    "FanIn",
    "Glorot",
    "He",
    "Initializer",
    "LeCun",
    "Orthogonal",
    "SmallNormal",
    "Uniform",
    "VarianceScaling",
    "Zeros",
]
