"""Keeping gradients within bounds before the update rule sees them."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from pellucid import ops, validate
from pellucid.trees import leaves, tree_map
from pellucid.types import Params
from pellucid.value import Value


class Clipping(Value):
    """What is done to the gradients of a step before the update. Changing its number compiles nothing again."""

    @abstractmethod
    def numbers(self) -> dict[str, float]:
        """The hyper-parameters, to be handed to ``apply``."""

    @staticmethod
    @abstractmethod
    def apply(grads: Params, numbers: dict[str, Any]) -> Params:
        """The clipped gradients, in the tree and the dtype of ``grads``."""


class ClipByNorm(Clipping):
    """``g <- g min(1, max_norm / ||g||)``, ``||g||`` over all weights of the network: shorter, the direction kept.

    Gradients with an infinity or NaN anywhere come back as they are: no direction to keep, and nothing is hidden.
    Source: Pascanu, Mikolov and Bengio 2013, "On the difficulty of training recurrent neural networks", algorithm 1.
    """

    max_norm: float

    def __post_init__(self) -> None:
        validate.positive(self, "max_norm", self.max_norm)

    def numbers(self) -> dict[str, float]:
        return {"max_norm": float(self.max_norm)}

    @staticmethod
    def apply(grads: Params, numbers: dict[str, Any]) -> Params:
        arrays = list(leaves(grads))
        if not arrays:
            return grads
        xp = ops.namespace(arrays[0])
        largest = 0.0
        for g in arrays:
            largest = xp.maximum(largest, xp.max(xp.abs(g), initial=0.0))
        finite = xp.isfinite(largest)
        # In units of the largest number in sight no square can overflow, nor can all of them vanish.
        unit = xp.where(finite, xp.maximum(largest, numbers["max_norm"]), 1.0)
        norm = xp.sqrt(sum(xp.sum(xp.square(xp.where(finite, g, 0.0) / unit)) for g in arrays))
        limit = numbers["max_norm"] / unit
        factor = numbers["max_norm"] / xp.maximum(norm, limit)
        clipped: Params = tree_map(lambda g: xp.where(norm > limit, g / unit * factor, g).astype(g.dtype), grads)
        return clipped


class ClipByValue(Clipping):
    """``g <- min(limit, max(-limit, g))``, each number by itself: the direction may turn.

    An infinity becomes the limit, NaN stays NaN.
    """

    limit: float

    def __post_init__(self) -> None:
        validate.positive(self, "limit", self.limit)

    def numbers(self) -> dict[str, float]:
        return {"limit": float(self.limit)}

    @staticmethod
    def apply(grads: Params, numbers: dict[str, Any]) -> Params:
        clipped: Params = tree_map(lambda g: ops.namespace(g).clip(g, -numbers["limit"], numbers["limit"]), grads)
        return clipped
