"""Layers whose weights have noise added in training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from pellucid import ops, validate
from pellucid.combinators.chain import Chain
from pellucid.errors import ConfigError
from pellucid.layer import Layer
from pellucid.trees import items, replace_leaves, tree_map
from pellucid.types import Array, Cache, Key, Params, State, Tree


class WeightNoise(Chain, init=False):
    """``y = f(x; params + noise)`` in training, f being the chain of the layers inside; in use ``y = f(x; params)``.

    The noise is drawn for each step and every weight and bias, normal with mean 0 and deviation ``deviation``. Where a
    small change of weights changes much, the loss is high on average, so training looks for flat places, which need
    less precise weights. Backward: that of f at ``params + noise``; the gradient by params is the same as by their sum.
    ``WeightNoise(Dense(8), Tanh(), deviation=0.05)``; around a whole network, it is around every layer of it. Params,
    state and cache are those of the chain; the cache also has the ``noise``, in use 0.
    Raises ConfigError unless ``deviation`` is at least 0, for a layer named ``noise``, and in training without a key.
    Sources: Murray and Edwards 1994, "Enhanced MLP performance and fault tolerance resulting from synaptic weight noise
    during training"; Graves 2011, "Practical variational inference for neural networks", section 4.
    """

    deviation: float

    def __init__(self, *layers: Layer, deviation: float, names: Sequence[str] | None = None, **named: Layer) -> None:
        super().__init__(*layers, names=names, **named)
        object.__setattr__(self, "deviation", deviation)
        validate.non_negative(self, "deviation", deviation)
        if "noise" in self.names:
            raise ConfigError(f"{self!r} cannot name a layer 'noise': that is where the cache keeps it")

    @classmethod
    def from_fields(cls, values: dict[str, Any]) -> Self:
        """The combinator with these ``layers``, this ``deviation`` and, if they are there, ``names``."""
        plain = Chain.from_fields(values)
        return cls(*plain.layers, names=plain.names, deviation=values.get("deviation"))  # type: ignore[arg-type]

    def is_random(self) -> bool:
        """Always: every step of training draws noise."""
        return True

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        if train:
            validate.key(self, key)
            noise, key = self._noise(params, ops.fold_in(key, 0)), ops.fold_in(key, 1)
        else:
            noise = tree_map(lambda w: ops.namespace(w).zeros_like(w), params)
        y, cache, after = super().forward(_sum(params, noise), state, x, key, train)
        return y, {"noise": noise, **cache}, after

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        return super().backward(_sum(params, cache["noise"]), cache, dy)

    def _noise(self, params: Params, key: Key) -> Params:
        """A tree like params: each array has draws of its own."""
        drawn: dict[str, Array] = {
            path: self.deviation * ops.normal(ops.fold_in(key, i), w.shape, w.dtype)
            for i, (path, w) in enumerate(items(params))
        }
        noise: Params = replace_leaves(params, drawn)
        return noise

    def __repr__(self) -> str:
        inside = super().__repr__()[:-1]
        return f"{inside}{', ' if self.layers else ''}deviation={self.deviation!r})"


def _sum(params: Params, noise: Params) -> Params:
    summed: Params = tree_map(lambda w, n: w + n, params, noise)
    return summed
