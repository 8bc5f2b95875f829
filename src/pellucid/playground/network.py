"""A network of the playground made of its state: layers, first weights, and all that a step of training takes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from pellucid import layers, ops
from pellucid.combinators import Chain, WeightNoise
from pellucid.initializers import Constant, Glorot, He, Initializer, LeCun, Orthogonal, SmallNormal, Uniform, Zeros
from pellucid.layer import Layer
from pellucid.optim import ClipByNorm
from pellucid.playground.data.play_data import PlayData
from pellucid.playground.features import Inputs, fit_inputs
from pellucid.playground.objective import Objective, objective_of
from pellucid.playground.optimizer import optimizer_of
from pellucid.playground.state import LayerState, NetworkState
from pellucid.regularize import L1, L2
from pellucid.train.batch import Batch, Weights, count_steps
from pellucid.train.keys import weights_key
from pellucid.train.recipe import Recipe

ACTIVATIONS: dict[str, type[Layer]] = {
    "identity": layers.Identity,
    "step": layers.Step,
    "sigmoid": layers.Sigmoid,
    "tanh": layers.Tanh,
    "hard_tanh": layers.HardTanh,
    "relu": layers.ReLU,
    "leaky_relu": layers.LeakyReLU,
    "elu": layers.ELU,
    "selu": layers.SELU,
    "gelu": layers.GELU,
    "silu": layers.SiLU,
    "softplus": layers.Softplus,
}
INITIALIZERS: dict[str, tuple[Initializer, Initializer]] = {
    "glorot": (Glorot(), Zeros()),
    "he": (He(), Zeros()),
    "lecun": (LeCun(), Zeros()),
    "orthogonal": (Orthogonal(), Zeros()),
    "uniform": (Uniform(0.5), Constant(0.1)),
    "small": (SmallNormal(0.01), Zeros()),
    "large": (SmallNormal(3.0), Zeros()),
    "zeros": (Zeros(), Zeros()),
}
"""What first weights and first biases are drawn with; "uniform" is how TensorFlow Playground begins."""


class LayerPlace(NamedTuple):
    """A hidden layer or the output (the last): the path of its weights, of what gives its output, and its size."""

    path: str
    output: str
    units: int
    activation: str


@dataclass(frozen=True, eq=False)
class Network:
    """A network that can be trained: its ``model`` and ``recipe``, and the data as it gets them.

    x (N, D) are all points, the training points first, ``targets`` (N, K) theirs; so many (``training``) train.
    """

    state: NetworkState
    model: Chain
    places: tuple[LayerPlace, ...]
    recipe: Recipe
    objective: Objective
    inputs: Inputs
    x: np.ndarray
    labels: np.ndarray
    training: int

    @cached_property
    def targets(self) -> np.ndarray:
        """What the outputs are compared with."""
        return self.objective.targets(self.labels)

    @cached_property
    def batch(self) -> Batch:
        """All training points."""
        return Batch(self.x[: self.training], self.targets[: self.training])

    @property
    def steps_an_epoch(self) -> int:
        """How many; the last takes what is left."""
        return count_steps(self.training, self.state.batch_size)

    @cached_property
    def first_weights(self) -> Weights:
        """Those that training begins with.

        The n-th layer with weights, from 0, draws with ``fold_in(weights_key(seed), n)``, whatever stands between.
        """
        key, width, drawn = weights_key(self.state.seed), self.x.shape[1], 0
        params, state = {}, {}
        for name, layer in self.model.named_layers:
            params[name], state[name] = layer.init(ops.fold_in(key, drawn), np.empty((1, width)))
            if params[name]:
                width, drawn = params[name]["b"].shape[-1], drawn + 1
        return Weights(params, state, self.recipe.optimizer.init(params))

    def outputs(self, weights: Weights, x: np.ndarray) -> np.ndarray:
        """The outputs (N, K) for inputs x, as in use."""
        return deque(self.layer_outputs(weights, x), maxlen=1)[0][1]

    def layer_outputs(self, weights: Weights, x: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
        """The name and output of each layer for inputs x, as in use; what acts in training alone is left out."""
        for name, layer in self.model.named_layers:
            if not layer.is_random():
                with np.errstate(all="ignore"):
                    x, _, _ = layer.forward(weights.params[name], weights.state[name], x)
                yield name, x


def make_network(state: NetworkState, data: PlayData) -> Network:
    """The network of ``state`` for these data. Raises DataError for inputs that cannot be made."""
    objective = objective_of(state, data.classes)
    order = np.argsort(data.test, kind="stable")
    training = int((~data.test).sum())
    inputs = fit_inputs(data.x[order[:training]], state.features, state.preparation)
    model, places = model_of(state, objective)
    penalty = {"l1": L1, "l2": L2}.get(state.penalty)
    recipe = Recipe(
        model,
        objective.loss,
        optimizer_of(state, count_steps(training, state.batch_size)),
        penalty=penalty(state.penalty_rate) if penalty and state.penalty_rate else None,
        clip=ClipByNorm(state.clip_norm) if state.clip_norm else None,
    )
    return Network(state, model, places, recipe, objective, inputs, inputs(data.x[order]), data.y[order], training)


def model_of(state: NetworkState, objective: Objective) -> tuple[Chain, tuple[LayerPlace, ...]]:
    """The layers of the network, and which of them are its hidden layers and output."""
    weight, bias = INITIALIZERS[state.initializer]
    made: list[Layer] = [layers.GaussianNoise(state.input_noise)] if state.input_noise else []
    ends: list[tuple[int, int, LayerState]] = []
    for layer in state.layers:
        start = len(made)
        if layer.activation == "maxout":
            made.append(layers.Maxout(layer.units, weight=weight, bias=bias))
        else:
            made += [layers.Dense(layer.units, weight=weight, bias=bias), ACTIVATIONS[layer.activation]()]
        ends.append((start, len(made) - 1, layer))
        if state.dropout:
            made.append(layers.Dropout(state.dropout))
    start = len(made)
    made += [layers.Dense(objective.outputs, weight=weight, bias=bias), *([layers.Tanh()] * objective.bounded)]
    last = LayerState(units=objective.outputs, activation="tanh" if objective.bounded else "identity")
    ends.append((start, len(made) - 1, last))
    model = WeightNoise(*made, deviation=state.weight_noise) if state.weight_noise else Chain(*made)
    places = [
        LayerPlace(model.names[start], model.names[end], layer.units, layer.activation) for start, end, layer in ends
    ]
    return model, tuple(places)
