"""The interface that update rules and optax transformations share."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

from pellucid.types import Array, Params, Tree
from pellucid.value import Value


class Optimizer(Value):
    """How weights move, given their gradients: pure functions on trees, so one step runs on either engine.

    What a rule remembers between steps (its *slots*) goes in and comes out as a tree of arrays. ``update`` knows the
    values of hyper-parameters only through ``learning_rate`` and ``numbers``: a compiled step that takes both as
    arguments, and is kept under ``optimizer.update``, compiles nothing again when one of them changes.
    """

    engines: ClassVar[tuple[str, ...]] = ("numpy", "jax")
    """The engines that can run it."""

    @abstractmethod
    def numbers(self) -> dict[str, float]:
        """The hyper-parameters but the learning rate, which comes with each step because it may follow a schedule."""

    @abstractmethod
    def learning_rates(self, steps: Array) -> Array:
        """The learning rate at each of ``steps`` (counted from 0), float64 of the same shape; NaN where unknown."""

    @abstractmethod
    def init(self, params: Params) -> Tree:
        """The slots before the first step."""

    @abstractmethod
    def update(
        self, params: Params, grads: Params, slots: Tree, learning_rate: Any, t: Any, numbers: dict[str, Any]
    ) -> tuple[Params, Tree]:
        """Weights and slots after step ``t`` (counted from 1).

        ``learning_rate``, ``t`` and ``numbers`` are plain Python numbers, or traced ones no wider than the weights;
        then the weights keep their dtype.
        """
