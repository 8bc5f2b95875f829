"""The losses, a file each."""

from pellucid.losses.half_squared_error import HalfSquaredError

__all__ = ["HalfSquaredError"]
