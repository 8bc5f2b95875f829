"""A loss whose targets are mixtures of two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid.losses.wrapper import LossWrapper
from pellucid.trees import times_share, tree_map
from pellucid.types import Array, Tree

if TYPE_CHECKING:
    from jaxtyping import Float


class MixedLoss(LossWrapper):
    """``E = share E(y, first) + (1 - share) E(y, second)``: outputs compared with two targets.

    The gradient is mixed alike. For cross-entropy and squared errors, whose gradient is linear in the target, it is
    that of the mixed target ``share first + (1 - share) second``; so labels need not be made rows for it.
    Targets are a dict with ``first`` and ``second``, each as the ``loss`` takes them, and ``share`` (B,), from 0 to 1.
    Shapes: as of the loss. Raises ConfigError unless ``loss`` is a Loss. Source: Zhang, Cisse, Dauphin and Lopez-Paz
    2018, "mixup: beyond empirical risk minimization", section 2.
    """

    def value(self, y: Tree, target: dict[str, Tree]) -> Float[Array, " B"]:
        first, second = (self.loss.value(y, target[name]) for name in ("first", "second"))
        share = target["share"].astype(first.dtype)
        return share * first + (1.0 - share) * second

    def gradient(self, y: Tree, target: dict[str, Tree]) -> Tree:
        first, second = (self.loss.gradient(y, target[name]) for name in ("first", "second"))
        share = target["share"]
        return tree_map(lambda a, b: a + b, times_share(first, share), times_share(second, 1.0 - share))

    def predict(self, y: Tree) -> Tree:
        return self.loss.predict(y)

    def check_target(self, y: Tree, target: dict[str, Tree]) -> None:
        for name in ("first", "second"):
            self.loss.check_target(y, target[name])
