"""How layers see the plane: what each makes of a grid of points, and the regions that its units cut it into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pellucid.combinators import record
from pellucid.combinators.weighted_layers import WeightedLayer, weighted_layers
from pellucid.layer import Layer
from pellucid.layers import HardTanh, Identity, LeakyReLU, Maxout, ReLU, Step
from pellucid.layers.activations.activation_info import ActivationInfo
from pellucid.types import Array, Params, State

KINKS: dict[type, tuple[float, ...]] = {
    ReLU: (0.0,),
    LeakyReLU: (0.0,),
    Step: (0.0,),
    HardTanh: (-1.0, 1.0),
    Identity: (),
}
"""Where activations of straight pieces bend or jump; all others curve, and count as two sides of 0."""


@dataclass(frozen=True, eq=False)
class LayerRegions:
    """What a layer makes of the points (N, D). ``outputs`` (N, units) are those of its units, after the activation.

    ``pattern`` (N,) is the number of the combination of sides that each point is on, of all units of this layer and
    those before it, in the order in which they first come; ``patterns`` is how many there are. Where the network up to
    here is ``linear`` in each, they are its linear pieces, which are convex: so the count is exact for those that have
    a point in them. Source: Montufar et al. 2014, "On the number of linear regions of deep neural networks".
    """

    path: str
    outputs: Array
    pattern: Array
    patterns: int
    linear: bool


def plane_regions(model: Layer, params: Params, state: State, points: Array) -> tuple[LayerRegions, ...]:
    """The regions of each layer with weights but the last, for the network's inputs ``points`` (N, D), in use.

    Of a network of layers one after another, on NumPy.
    """
    taps = record(model, params, state, points)
    before, linear = np.zeros((len(points), 1), int), True
    found = []
    for layer in weighted_layers(model, params)[:-1]:
        sides, straight = _sides(layer, taps[layer.path]["x"], taps[layer.path]["y"], params)
        linear = linear and straight
        before = _number(np.concatenate([before, sides], axis=1))[:, None]
        pattern = before[:, 0]
        found.append(LayerRegions(layer.path, taps[layer.output]["y"], pattern, int(pattern.max()) + 1, linear))
    return tuple(found)


def _sides(layer: WeightedLayer, x: Array, z: Array, params: Params) -> tuple[Array, bool]:
    """On which side of its bends each unit is, whole numbers (N, units), and whether it is straight between them."""
    if isinstance(layer.layer, Maxout):
        return _winner(layer.layer, layer.path, x, params), True
    activations = [one for _, one in layer.followers if isinstance(one, ActivationInfo)]
    kinds = [kind for one in activations for kind in KINKS if type(one) is kind]
    straight = len(kinds) == len(activations)
    kinks = KINKS[kinds[0]] if straight and kinds else () if straight else (0.0,)
    return sum(((z > kink).astype(int) for kink in kinks), np.zeros(z.shape, int)), straight


def _winner(layer: Layer, path: str, x: Array, params: Params) -> Array:
    own: Any = params
    for name in path.split("/"):
        own = own[name]
    winner: Array = layer.forward(own, {}, x)[1]["winner"]
    return winner


def _number(rows: Array) -> Array:
    """The number of each row among the different ones, (N,), counted by where they first come."""
    _, first, which = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    order = np.empty(len(first), int)
    order[np.argsort(first)] = np.arange(len(first))
    numbers: Array = order[which.reshape(-1)]
    return numbers
