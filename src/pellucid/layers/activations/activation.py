"""What all elementwise activations share: ``y = f(x)`` and ``dx = dy f'(x)``."""

from __future__ import annotations

from abc import abstractmethod

from pellucid import ops
from pellucid.layer import Layer
from pellucid.layers.activations.activation_info import ActivationInfo
from pellucid.types import Array, Cache, Key, Params, State


class Activation(ActivationInfo, Layer):
    """An activation that acts on each number alone. A subclass writes ``function``, ``derivative`` and
    what ``ActivationInfo`` asks for.

    At a kink the derivative is that of one side, which the subclass names, and ``function`` is written so that an
    automatic derivative picks the same side. A NaN in x is a NaN in y: nothing hides that training went wrong.
    """

    @abstractmethod
    def function(self, x: Array) -> Array:
        """``y = f(x)``."""

    @abstractmethod
    def derivative(self, x: Array, y: Array) -> Array:
        """``f'(x)``, written with whichever of x and ``y = f(x)`` is shorter."""

    def forward(
        self, params: Params, state: State, x: Array, key: Key | None = None, train: bool = False
    ) -> tuple[Array, Cache, State]:
        ops.namespace(x)  # a dict of arrays has none, and is refused for that whatever the function would make of it
        y = self.function(x)
        return y, {"x": x, "y": y}, state

    def backward(self, params: Params, cache: Cache, dy: Array) -> tuple[Params, Array]:
        return {}, dy * self.derivative(cache["x"], cache["y"])
