"""What the gradient by a number is called: ``∂E/∂w5`` for the number w5."""

from __future__ import annotations

PREFIX = "∂E/∂"


def gradient_name(name: str) -> str:
    """The name of the gradient by the number of this name."""
    return PREFIX + name


def number_name(name: str) -> str:
    """The number that a gradient is by, of a gradient's name; any other name as it is."""
    return name.removeprefix(PREFIX)


def is_gradient_name(name: str) -> bool:
    """Whether this is the name of a gradient."""
    return name.startswith(PREFIX)
