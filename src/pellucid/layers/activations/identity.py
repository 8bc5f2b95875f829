"""No activation at all."""

from __future__ import annotations

from pellucid import ops
from pellucid.layers.activations.activation import Activation
from pellucid.types import Array, Cache, Key, Params, State, Tree


class Identity(Activation):
    """``y = x``, with ``dy/dx = 1``. Layers with nothing else between them are together no more than one layer.

    Shapes: any, trees of arrays too; each number alone.
    """

    formula = r"f(x) = x"
    derivative_formula = r"f'(x) = 1"
    output_range = (-float("inf"), float("inf"))
    saturates = "nowhere"
    can_die = "no"

    def function(self, x: Array) -> Array:
        return x

    def derivative(self, x: Array, y: Array) -> Array:
        return ops.namespace(x).ones_like(x)

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        return x, {"x": x, "y": x}, state

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        return {}, dy
