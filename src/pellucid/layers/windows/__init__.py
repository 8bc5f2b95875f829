"""Windows over time or space: the options, where windows stand, what each of them has there."""

from pellucid.layers.windows.options import Padding, Sizes, check_padding, check_sizes, check_space, each_axis
from pellucid.layers.windows.placement import place_transposed, place_windows
from pellucid.layers.windows.windows import Windows

__all__ = [
    "Padding",
    "Sizes",
    "Windows",
    "check_padding",
    "check_sizes",
    "check_space",
    "each_axis",
    "place_transposed",
    "place_windows",
]
