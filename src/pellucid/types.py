"""Array, key and tree aliases, and the axis letters that every docstring uses.

Axis letters: **B** batch, **T** time, **H** height, **W** width, **C** channels, **D** features, **K** outputs
or classes. Shapes in annotations are written with them: ``Float[Array, "B D"]``.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any, Protocol, TypeAlias

Array: TypeAlias = Any
"""An array of NumPy or of JAX: whatever has ``__array_namespace__``. The two share no static type, hence Any."""

Key: TypeAlias = Array
"""Where random numbers come from: two 32-bit words, ``uint32`` of shape (2,). See ``ops.key``."""

Tree: TypeAlias = Any
"""An array, or a dict, tuple or list of trees."""

Params: TypeAlias = dict[str, Any]
"""The weights of a layer by name, e.g. ``{"W": ..., "b": ...}``; of a combinator, those of its children by name."""

State: TypeAlias = dict[str, Any]
"""What a layer remembers between steps besides weights, such as running means; most layers have ``{}``."""

Cache: TypeAlias = dict[str, Any]
"""Named arrays that ``forward`` leaves for ``backward`` and for the reader."""

Namespace: TypeAlias = ModuleType
"""``numpy`` or ``jax.numpy``."""


class HasShape(Protocol):
    """Anything with a shape and a dtype: an array, or the mere description of one."""

    @property
    def shape(self) -> tuple[int, ...]:
        """How many numbers along each axis."""

    @property
    def dtype(self) -> Any:
        """The type of the numbers."""
