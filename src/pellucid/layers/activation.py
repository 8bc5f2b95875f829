"""What all elementwise activations share: ``y = f(x)`` and ``dx = dy f'(x)``."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from pellucid.layer import Layer
from pellucid.types import Array, Cache, Key, Params, State


class Activation(Layer):
    """An activation that acts on each number alone. A subclass writes ``function`` and ``derivative``.

    Class facts, from which tables and plots of the activations are made: the ``formula`` and the
    ``derivative_formula`` (LaTeX), the output range ``(lowest, highest)``, and in plain words where the gradient
    fades away (``saturates``) and whether a unit can stay silent for good (``dies``).
    """

    formula: ClassVar[str]
    derivative_formula: ClassVar[str]
    output_range: ClassVar[tuple[float, float]]
    saturates: ClassVar[str]
    dies: ClassVar[str]

    @abstractmethod
    def function(self, x: Array) -> Array:
        """``y = f(x)``."""

    @abstractmethod
    def derivative(self, x: Array, y: Array) -> Array:
        """``f'(x)``, written with whichever of x and ``y = f(x)`` is shorter."""

    def forward(
        self, params: Params, state: State, x: Array, key: Key | None = None, train: bool = False
    ) -> tuple[Array, Cache, State]:
        y = self.function(x)
        return y, {"x": x, "y": y}, state

    def backward(self, params: Params, cache: Cache, dy: Array) -> tuple[Params, Array]:
        return {}, dy * self.derivative(cache["x"], cache["y"])
