"""The step of the perceptron."""

from __future__ import annotations

from pellucid import ops
from pellucid.layers.activations.activation import Activation
from pellucid.types import Array


class Step(Activation):
    """``y = 1`` where ``x > 0``, else 0, at 0 too: the unit fires or does not.

    It has no useful gradient: ``dy/dx = 0`` everywhere (at 0, where y jumps, there is none, and 0 is given), so
    gradient descent cannot move any weight below it. It serves to show what neurons with given weights decide.
    Shapes: any; each number alone. Source: Rosenblatt 1958, "The perceptron: a probabilistic model for information
    storage and organization in the brain".
    """

    formula = r"f(x) = [x > 0]"
    derivative_formula = r"f'(x) = 0"
    output_range = (0.0, 1.0)
    saturates = "everywhere: the derivative is exactly 0, and nothing is learned through it"
    can_die = "yes: no unit below a step ever gets a gradient"

    def function(self, x: Array) -> Array:
        return ops.namespace(x).heaviside(x, 0.0)

    def derivative(self, x: Array, y: Array) -> Array:
        return ops.namespace(x).zeros_like(x)
