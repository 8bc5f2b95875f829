"""What a constraint is: a bound that weights are brought back to after each update."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from pellucid.regularize.penalty import is_weight
from pellucid.trees import items, replace_leaves
from pellucid.types import Array, Params
from pellucid.value import Value


class Constraint(Value):
    """Brings every array of weights back within a bound. Changing its number compiles nothing again."""

    @abstractmethod
    def numbers(self) -> dict[str, float]:
        """The hyper-parameters, to be handed to ``apply``."""

    @staticmethod
    @abstractmethod
    def project(w: Array, numbers: dict[str, Any]) -> Array:
        """The array within the bound that is nearest to ``w``."""

    @classmethod
    def apply(cls, params: Params, numbers: dict[str, Any]) -> Params:
        """The params within the bound, in their tree and dtype; biases and the like as they are (``is_weight``)."""
        after = {path: cls.project(w, numbers) for path, w in items(params) if is_weight(path, w)}
        bounded: Params = replace_leaves(params, after)
        return bounded
