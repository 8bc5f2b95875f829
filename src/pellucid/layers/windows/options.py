"""The options of layers with windows: sizes and padding for each axis of space, and what they may be."""

from __future__ import annotations

from typing import Any, TypeAlias

from pellucid import validate
from pellucid.errors import ConfigError, ShapeError, UnknownNameError
from pellucid.layer import Layer, shape_of
from pellucid.types import HasShape

Sizes: TypeAlias = int | tuple[int, ...]
"""One whole number for all axes of space, or one for each."""

Padding: TypeAlias = str | tuple[tuple[int, int], ...]
"""How many zeros stand around x: "valid", "same", or (before, after) for each axis of space."""

AXES = {1: ("time",), 2: ("height", "width")}
"""What the axes of space are called, by their number."""


def check_space(layer: Layer, axes: int, x: HasShape) -> None:
    """Raise ShapeError unless x is (B, *S, C) with so many ``axes`` of space."""
    if len(x.shape) != axes + 2:
        wanted = ", ".join(("batch", *AXES[axes], "channels"))
        cure = "Reshape before it makes rows into that" if len(x.shape) == 2 else "a single channel is x[..., None]"
        raise ShapeError(f"{layer!r} needs x of shape ({wanted}), not {shape_of(x)}; {cure}")


def check_sizes(layer: Layer, axes: int, **fields: Any) -> None:
    """Raise ConfigError unless every field is a whole number of at least 1, or a tuple of one for each axis."""
    for field, value in fields.items():
        if isinstance(value, (tuple, list)) and (isinstance(value, list) or len(value) != axes):
            raise ConfigError(
                f"{type(layer).__name__}: {field} must be a whole number or a tuple of {axes}, not {value!r}"
            )
        for number in value if isinstance(value, tuple) else (value,):
            validate.positive_int(layer, field, number)


def check_padding(layer: Layer, axes: int, padding: Any) -> None:
    """Raise UnknownNameError for a word but "valid" and "same", ConfigError unless (before, after) for each axis."""
    if isinstance(padding, str):
        if padding not in ("valid", "same"):
            raise UnknownNameError("padding", padding, ("valid", "same"))
        return
    pairs = padding if isinstance(padding, tuple) else ()
    if len(pairs) != axes or not all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs):
        example = ", ".join(["(1, 1)"] * axes) + ("," if axes == 1 else "")
        raise ConfigError(
            f'{type(layer).__name__}: padding must be "valid", "same" or (before, after) for each axis, such as '
            f"({example}), not {padding!r}"
        )
    for number in (number for pair in pairs for number in pair):
        validate.non_negative_int(layer, "padding", number)


def each_axis(sizes: Sizes, axes: int) -> tuple[int, ...]:
    """A whole number for each axis of space."""
    return sizes if isinstance(sizes, tuple) else (sizes,) * axes
