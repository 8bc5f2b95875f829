"""Several inputs, one output."""

from __future__ import annotations

from collections.abc import Sequence

from pellucid import ops
from pellucid.errors import ShapeError
from pellucid.layer import Layer, shape_of
from pellucid.masked import Masked
from pellucid.trees import tree_map
from pellucid.types import Array, Cache, Key, Params, State, Tree


class Join(Layer):
    """``y = [x_1, ..., x_n]``: arrays joined on the last axis, those of a dict in the alphabetic order of names.

    Alphabetic, as JAX hands dicts on in that order: what was written first would not be known. Backward cuts dy at
    the joints. Shapes: x a dict or tuple of arrays (B, ..., D_i); y (B, ..., sum of all D_i). The cache keeps x.
    Raises ShapeError where x is one array, and where arrays differ on another axis than the last.
    """

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Array, Cache, State]:
        if not isinstance(x, (dict, tuple)) or not x:
            raise ShapeError(
                f"{self!r} needs a dict or tuple of arrays, such as Parallel and Fork give, "
                f"not x of shape {tree_map(shape_of, x)}"
            )
        return concatenate_last_axis(self, _parts(x)), {"x": x}, state

    def backward(self, params: Params, cache: Cache, dy: Array) -> tuple[Params, Tree]:
        x = cache["x"]
        pieces = split_last_axis(dy, _parts(x))
        return {}, dict(zip(sorted(x), pieces, strict=True)) if isinstance(x, dict) else tuple(pieces)


def concatenate_last_axis(owner: Layer, parts: Sequence[Tree]) -> Tree:
    """The arrays joined on the last axis; those of ``Masked`` sequences with the first one's mask, which all share.

    Raises ShapeError, in the name of ``owner``, where other axes differ, and where only some are masked.
    """
    masked = [part for part in parts if isinstance(part, Masked)]
    if masked:
        if len(masked) < len(parts):
            raise ShapeError(f"{owner!r} joins masked sequences with arrays that are not: mask all of them, or none")
        return Masked(concatenate_last_axis(owner, [part.values for part in masked]), masked[0].mask)
    if len({part.shape[:-1] for part in parts}) > 1:
        raise ShapeError(
            f"{owner!r} joins arrays on the last axis, so the others must agree, not "
            f"{', '.join(str(shape_of(part)) for part in parts)}"
        )
    return ops.namespace(parts[0]).concatenate(parts, axis=-1)


def split_last_axis(y: Tree, parts: Sequence[Tree]) -> list[Tree]:
    """``y`` split on the last axis into pieces as wide as ``parts``; of masked ones the first gets the mask's part."""
    if isinstance(y, Masked):
        values = split_last_axis(y.values, [part.values for part in parts])
        masks = [y.mask, *[ops.namespace(y.mask).zeros_like(y.mask)] * (len(parts) - 1)]
        return [Masked(*pair) for pair in zip(values, masks, strict=True)]
    pieces, start = [], 0
    for part in parts:
        pieces.append(y[..., start : start + part.shape[-1]])
        start += part.shape[-1]
    return pieces


def _parts(x: Tree) -> list[Array]:
    return [x[name] for name in sorted(x)] if isinstance(x, dict) else list(x)
