"""Learned position embeddings: a row of weights for each step of a sequence."""

from __future__ import annotations

from pellucid import ops, validate
from pellucid.errors import ShapeError
from pellucid.initializers import FanIn, Initializer
from pellucid.layer import Layer, shape_of
from pellucid.layers.features import check_features, check_sequence
from pellucid.masked import values_of, with_values
from pellucid.types import Cache, HasShape, Key, Params, State, Tree


class LearnedPositions(Layer):
    """``y_t = x_t + W[t]``: each place in a sequence, t = 0, 1, ..., adds a row of weights of its own.

    Backward: ``dW[t] = sum_B dy_t``, 0 for places beyond the sequence; ``dx = dy``.
    Shapes: x and y (B, T, D), or both ``Masked``, with T at most ``length``; W (length, D).
    Hyper-parameters: ``length``, how many places there are; ``weight`` draws the first W as ``Embedding`` does, by
    default standard normal numbers, as large as those it gives out.
    Raises ConfigError unless ``length`` is at least 1, ShapeError unless x has three axes, 1 to ``length`` steps and as
    many features as W. Source: Gehring et al. 2017, "Convolutional sequence to sequence learning", section 3.1.
    """

    length: int
    weight: Initializer = FanIn()

    def __post_init__(self) -> None:
        validate.positive_int(self, "length", self.length)
        validate.instance(self, "weight", self.weight, Initializer)

    def init(self, key: Key, x: Tree) -> tuple[Params, State]:
        values = values_of(x)
        self._check_length(values)
        features = shape_of(values)[-1]
        return {"W": self.weight(key, (self.length, features), 1, features, values.dtype)}, {}

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        values = values_of(x)
        self._check_length(values)
        check_features(self, params["W"].T, values)
        positions = params["W"][: values.shape[1]]
        return with_values(x, values + positions), {"positions": positions}, state

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        total, zeros = values_of(dy).sum(axis=0), ops.namespace(params["W"]).zeros_like(params["W"])
        return {"W": ops.add_at(zeros, (slice(len(total)),), total)}, dy

    def _check_length(self, x: HasShape) -> None:
        check_sequence(self, x)
        if x.shape[1] > self.length:
            raise ShapeError(
                f"{self!r} has weights for {self.length} places, but x of shape {shape_of(x)} has {x.shape[1]} steps: "
                "give it a longer length, or cut the sequences"
            )
