"""Resampling: what the augmentations that move numbers to other places share."""

from __future__ import annotations

from abc import abstractmethod

from pellucid import ops, validate
from pellucid.layers.random_layer import RandomLayer
from pellucid.types import Array, Cache, Key, Params, State


class Resampling(RandomLayer):
    """``y[n] = sum_k weight[k, n] x[source[k, n]]``: every place n of y takes what is at some places of x.

    A place is an example and where in it; the features there (C channels of a pixel) move together. Where the sources
    are is drawn for each example in training. Given the draw, y is linear in x, and backward adds every number of dy to
    where its y came from: ``dx[m] = sum of weight[k, n] dy[n] over all k and n with source[k, n] = m``.
    The cache keeps ``x`` and what was drawn.
    """

    @abstractmethod
    def check(self, x: Array) -> None:
        """Raise ShapeError for an x that the layer cannot take."""

    @abstractmethod
    def draw(self, x: Array, key: Key) -> dict[str, Array]:
        """What is drawn for each example, by name."""

    @abstractmethod
    def draw_in_use(self, x: Array) -> dict[str, Array]:
        """The same in use, where nothing is random."""

    @abstractmethod
    def sources(self, drawn: dict[str, Array], x: Array) -> tuple[Array, Array]:
        """``source`` and ``weight``, (K, B, *N) for the K sources of the places N of y; places of x count through
        all examples, row by row.
        """

    def forward(
        self, params: Params, state: State, x: Array, key: Key | None = None, train: bool = False
    ) -> tuple[Array, Cache, State]:
        self.check(x)
        if train:
            validate.key(self, key)
        drawn = self.draw(x, key) if train else self.draw_in_use(x)
        source, weight = self.sources(drawn, x)
        features = x.shape[source.ndim - 1 :]
        taken = x.reshape(-1, *features)[source]
        y = (taken * weight.reshape(*weight.shape, *(1,) * len(features))).sum(axis=0)
        return y, {"x": x, **drawn}, state

    def backward(self, params: Params, cache: Cache, dy: Array) -> tuple[Params, Array]:
        x = cache["x"]
        source, weight = self.sources(cache, x)
        features = x.shape[source.ndim - 1 :]
        parts = dy * weight.reshape(*weight.shape, *(1,) * len(features))
        zeros = ops.namespace(dy).zeros_like(x.reshape(-1, *features), dtype=dy.dtype)
        return {}, ops.scatter_add(zeros, source, parts).reshape(x.shape)


def source_indices(lengths: tuple[int, ...], *axes: Array) -> tuple[Array, Array]:
    """The source of each place from where it lies along each axis of space, and whether that is inside x.

    An x has ``lengths`` along its axes of space; ``axes`` say for each of them where along it, (B, *N) or what
    broadcasts to it. Outside, the nearest place inside stands for the source.
    """
    xp = ops.namespace(axes[0])
    source, inside = xp.arange(axes[0].shape[0]).reshape(-1, *(1,) * (axes[0].ndim - 1)), xp.asarray(True)
    for length, at in zip(lengths, axes, strict=True):
        source = source * length + at.clip(0, length - 1)
        inside = inside & (at >= 0) & (at < length)
    return source, inside


def window_sources(drawn: Array, size: tuple[int, ...], x: Array) -> tuple[Array, Array]:
    """``source`` and ``weight`` for a window of ``size`` on each example, whose first corner is ``drawn`` (B, axes).

    What sticks out of x is 0.
    """
    xp = ops.namespace(x)
    steps = [xp.arange(n).reshape(-1, *(1,) * (len(size) - 1 - axis)) for axis, n in enumerate(size)]
    corners = [drawn[:, axis].reshape(-1, *(1,) * len(size)) for axis in range(len(size))]
    starts = [corner + step for corner, step in zip(corners, steps, strict=True)]
    source, inside = source_indices(x.shape[1 : 1 + len(size)], *starts)
    return source[None], inside[None].astype(x.dtype)
