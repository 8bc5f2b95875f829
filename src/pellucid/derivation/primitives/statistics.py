"""The parts of normalisation: mean, variance, deviation, and x standardized by them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

import numpy as np

from pellucid import validate
from pellucid.derivation.primitives.primitive import Primitive
from pellucid.types import Array, Params, Tree
from pellucid.value import Value


class Pool(Value):
    """Which numbers of x have their mean and variance in common."""

    nameable = False

    @abstractmethod
    def axes(self, x: Array) -> tuple[int, ...]:
        """The axes of ``cut(x)`` that a mean is taken over."""

    def cut(self, x: Array) -> Array:
        """x in a shape that has such axes."""
        return x

    def mean(self, x: Array) -> Array:
        """The mean of each pool."""
        return self.cut(x).mean(axis=self.axes(x))

    def spread(self, statistic: Array, x: Array) -> Array:
        """A number for each pool, at every place of x that is in it."""
        whole = np.broadcast_to(np.expand_dims(statistic, self.axes(x)), self.cut(x).shape)
        return whole.reshape(x.shape)

    def place(self, index: tuple[int, ...], x: Array) -> tuple[int, ...]:
        """The pool of x[index]."""
        labels, shape = self._labels(x)
        return tuple(int(at) for at in np.unravel_index(labels[index], shape))

    def members(self, place: tuple[int, ...], x: Array) -> Iterator[tuple[int, ...]]:
        """The indices of all numbers of x in a pool."""
        labels, shape = self._labels(x)
        found = np.argwhere(labels == np.ravel_multi_index(place, shape))
        return (tuple(index) for index in found.tolist())

    def count(self, x: Array) -> int:
        """How many numbers a pool has."""
        return int(x.size // self.mean(x).size)

    def _labels(self, x: Array) -> tuple[Array, tuple[int, ...]]:
        """The number of its pool at each place of x, and the shape of all pools."""
        shape = self.mean(x).shape
        return self.spread(np.arange(int(np.prod(shape))).reshape(shape), x), shape


class OverBatch(Pool):
    """A feature's numbers in all examples, at all places: one statistic for each feature, (D,)."""

    def axes(self, x: Array) -> tuple[int, ...]:
        return tuple(range(x.ndim - 1))


class OverFeatures(Pool):
    """All features of one example at one place: (B, ...)."""

    def axes(self, x: Array) -> tuple[int, ...]:
        return (x.ndim - 1,)


class OverGroups(Pool):
    """The channels of a group, at all places of one example: (B, groups)."""

    groups: int

    def __post_init__(self) -> None:
        validate.positive_int(self, "groups", self.groups)

    def axes(self, x: Array) -> tuple[int, ...]:
        return (1, 3)

    def cut(self, x: Array) -> Array:
        return x.reshape(x.shape[0], -1, self.groups, x.shape[-1] // self.groups)


class Mean(Primitive):
    """``mean = sum x / n`` of each pool."""

    pool: Pool

    def value(self, params: Params, x: Array) -> Array:
        return self.pool.mean(x)

    def gradients(self, params: Params, x: Array, dy: Array) -> tuple[Params, Array]:
        return {}, self.pool.spread(dy, x) / self.pool.count(x)


class Variance(Primitive):
    """``variance = sum (x - mean)^2 / n`` of each pool. The mean itself does not move it: deviations sum to 0."""

    pool: Pool

    def value(self, params: Params, x: Tree) -> Array:
        return self.pool.mean((x["x"] - self.pool.spread(x["mean"], x["x"])) ** 2)

    def gradients(self, params: Params, x: Tree, dy: Array) -> tuple[Params, Tree]:
        values = x["x"]
        off = values - self.pool.spread(x["mean"], values)
        dx = self.pool.spread(dy, values) * 2.0 * off / self.pool.count(values)
        return {}, {"x": dx, "mean": np.zeros(x["mean"].shape)}


class Deviation(Primitive):
    """``deviation = sqrt(variance + epsilon)``."""

    epsilon: float

    def value(self, params: Params, x: Array) -> Array:
        return np.sqrt(x + self.epsilon)

    def gradients(self, params: Params, x: Array, dy: Array) -> tuple[Params, Array]:
        return {}, dy / (2.0 * self.value(params, x))


class Standardized(Primitive):
    """``x_hat = (x - mean) / deviation``, with those of x's pool."""

    pool: Pool

    def value(self, params: Params, x: Tree) -> Array:
        mean, deviation = (self.pool.spread(x[name], x["x"]) for name in ("mean", "deviation"))
        return (x["x"] - mean) / deviation

    def gradients(self, params: Params, x: Tree, dy: Array) -> tuple[Params, Tree]:
        values, count = x["x"], self.pool.count(x["x"])
        direct = dy / self.pool.spread(x["deviation"], values)
        through_deviation = -self.pool.mean(direct * self.value(params, x)) * count
        return {}, {"x": direct, "mean": -self.pool.mean(direct) * count, "deviation": through_deviation}


class GainShift(Primitive):
    """``y = gamma x_hat + beta``, feature by feature."""

    def value(self, params: Params, x: Array) -> Array:
        return params["gamma"] * x + params["beta"]

    def gradients(self, params: Params, x: Array, dy: Array) -> tuple[Params, Array]:
        axes = tuple(range(dy.ndim - 1))
        return {"gamma": (dy * x).sum(axis=axes), "beta": dy.sum(axis=axes)}, dy * params["gamma"]
