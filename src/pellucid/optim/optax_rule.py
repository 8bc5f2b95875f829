"""Any optax transformation in the place of an update rule."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.errors import ConfigError
from pellucid.optim.optimizer import Optimizer
from pellucid.trees import leaves, tree_map
from pellucid.types import Array, Params, Tree


class Optax(Optimizer):
    """``w <- w + u``, ``u`` what the ``optax.GradientTransformation`` makes of the gradients.

    Runs on the compiled engine. The learning rate and all other numbers live inside the transformation, so another
    rate is another transformation, compiled again; the rate handed to ``update`` is not used. Equal only to a wrapper
    of the very same transformation, and not writable to a specification: it is made of functions. Transformations
    whose update asks for more than gradients and weights (the loss, say) cannot be used.
    """

    engines = ("jax",)

    transformation: Any

    def __post_init__(self) -> None:
        if not _is_transformation(self.transformation):
            raise ConfigError(f"Optax: transformation must be one of optax, not {self.transformation!r}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Optax) and self.transformation is other.transformation

    def __hash__(self) -> int:
        return id(self.transformation)

    def numbers(self) -> dict[str, float]:
        return {}

    def learning_rates(self, steps: Array) -> Array:
        return np.full(np.shape(steps), np.nan)

    def init(self, params: Params) -> Tree:
        """The transformation's first state, in the precision of the weights."""
        import jax

        with jax.enable_x64(any(leaf.dtype == np.float64 for leaf in leaves(params))):
            return self.transformation.init(params)

    def update(
        self, params: Params, grads: Params, slots: Tree, learning_rate: Any, t: Any, numbers: dict[str, Any]
    ) -> tuple[Params, Tree]:
        updates, slots = self.transformation.update(grads, slots, params)
        moved: Params = tree_map(lambda w, u: (w + u).astype(w.dtype), params, updates)
        return moved, slots


def as_rule(optimizer: Any) -> Optimizer:
    """``optimizer`` as it is, or an optax transformation made into one. Raises ConfigError for anything else."""
    if isinstance(optimizer, Optimizer):
        return optimizer
    if isinstance(optimizer, type) and issubclass(optimizer, Optimizer):
        raise ConfigError(
            f"optimizer must be a value, not the class {optimizer.__name__}: write {optimizer.__name__}()"
        )
    if _is_transformation(optimizer):
        return Optax(optimizer)
    raise ConfigError(
        "optimizer must be an update rule, such as Adam(learning_rate=0.001), or an optax transformation, "
        f"not {optimizer!r}"
    )


def _is_transformation(x: Any) -> bool:
    return not isinstance(x, type) and callable(getattr(x, "init", None)) and callable(getattr(x, "update", None))
