"""A number as several, each of which grows in an interval of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from pellucid import ops
from pellucid.errors import ConfigError, ShapeError
from pellucid.layer import Layer, shape_of
from pellucid.types import Array, Cache, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class Intervals(NamedTuple):
    """Of each output its column of x, where its interval begins, how wide it is, and whether it ends on either side."""

    column: np.ndarray
    start: np.ndarray
    width: np.ndarray
    ends_below: np.ndarray
    ends_above: np.ndarray


class PiecewiseLinear(Layer):
    """``z_dt = (x_d - b_dt) / (b_d(t+1) - b_dt)``, cut off at 0 and 1: how much of interval t of column d is below x_d.

    A layer behind it can so give each interval a slope of its own: it learns a piecewise linear function of each
    column, where of x itself it would learn a linear one. Below the first edge of a column and above the last z is not
    cut off, as in the source, so that no x is lost; with ``closed`` it is, and a number beyond the edges counts as the
    outermost edge. A column with two edges is scaled alone. ``fit`` takes quantiles as edges.
    Shapes: x (B, D); y (B, sum of the intervals of all columns), column by column. Hyper-parameters: ``edges``, for
    each column two or more growing numbers b; ``closed``. Backward: ``dx_d = sum_t dz_dt / (b_d(t+1) - b_dt)`` over
    the t whose z is not cut off. Raises ConfigError for edges that do not grow, ShapeError unless x has a column for
    each.
    Source: Gorishniy, Rubachev and Babenko 2022, "On embeddings for numerical features in tabular deep learning",
    eq. 1.
    """

    edges: tuple[tuple[float, ...], ...]
    closed: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.edges, (tuple, list)) or not self.edges:
            raise ConfigError(f"PiecewiseLinear: edges are growing numbers for each column, not {self.edges!r}")
        object.__setattr__(self, "edges", tuple(tuple(map(float, row)) for row in self.edges))
        for d, row in enumerate(self.edges):
            if len(row) < 2 or not np.isfinite(row).all() or min(np.diff(row)) <= 0:
                raise ConfigError(f"PiecewiseLinear: edges of column {d} are two or more growing numbers, not {row}")

    @classmethod
    def fit(cls, x: Float[Array, "B D"], most: int, closed: bool = False) -> Self:
        """With at most so many intervals a column, whose edges are the quantiles of its values in x."""
        shares = np.linspace(0.0, 1.0, most + 1)
        rows = (np.unique(np.quantile(column, shares).astype(np.float32)) for column in np.asarray(x).T)
        edges = tuple(tuple(row.tolist()) if len(row) > 1 else (float(row[0]), float(row[0]) + 1) for row in rows)
        return cls(edges, closed)

    @property
    def intervals(self) -> Intervals:
        """The intervals of all columns, an entry for each output."""
        counts = [len(row) - 1 for row in self.edges]
        lower, upper = (np.concatenate([row[part] for row in self.edges]) for part in (slice(-1), slice(1, None)))
        places = np.concatenate([np.arange(count) for count in counts])
        last = np.repeat(counts, counts) - 1
        ends_below, ends_above = (places > 0) | self.closed, (places < last) | self.closed
        return Intervals(np.repeat(np.arange(len(counts)), counts), lower, upper - lower, ends_below, ends_above)

    def forward(
        self, params: Params, state: State, x: Float[Array, "B D"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B K"], Cache, State]:
        if len(x.shape) != 2 or x.shape[1] != len(self.edges):
            raise ShapeError(f"{self!r} needs x of shape (batch, {len(self.edges)}), not {shape_of(x)}")
        column, start, width, ends_below, ends_above = self.intervals
        xp = ops.namespace(x)
        z = (xp.take(x, column, axis=1) - start.astype(x.dtype)) / width.astype(x.dtype)
        below, above = ends_below & (z < 0), ends_above & (z > 1)
        y = xp.where(below, 0.0, xp.where(above, 1.0, z)).astype(x.dtype)
        return y, {"moves": (~(below | above)).astype(x.dtype)}, state

    def backward(self, params: Params, cache: Cache, dy: Float[Array, "B K"]) -> tuple[Params, Float[Array, "B D"]]:
        column, _, width, _, _ = self.intervals
        of_column = (column[:, None] == np.arange(len(self.edges))) / width[:, None]
        return {}, (dy * cache["moves"]) @ of_column.astype(dy.dtype)

    def __repr__(self) -> str:
        """With counts in the place of the edges, of which there may be hundreds."""
        counts = [len(row) - 1 for row in self.edges]
        return f"PiecewiseLinear({len(counts)} columns, {sum(counts)} intervals)"
