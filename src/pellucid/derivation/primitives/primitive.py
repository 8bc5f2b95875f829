"""What a primitive is: one formula as a layer, on NumPy, without state."""

from __future__ import annotations

from abc import abstractmethod

from pellucid.layer import Layer
from pellucid.types import Cache, Key, Params, State, Tree


class Primitive(Layer):
    """One formula of a layer: a subclass writes ``value`` and ``gradients``, both functions of params and x."""

    nameable = False

    @abstractmethod
    def value(self, params: Params, x: Tree) -> Tree:
        """The output."""

    @abstractmethod
    def gradients(self, params: Params, x: Tree, dy: Tree) -> tuple[Params, Tree]:
        """The gradients by params and by x, from ``dy``, the gradient by the output."""

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        return self.value(params, x), {"x": x}, state

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        return self.gradients(params, cache["x"], dy)
