"""A few examples through the network with its first weights: what is known of it before any training."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from pellucid import ops, trees
from pellucid.data import Split
from pellucid.diagnosis.case import Case
from pellucid.shape_inference import first_weights
from pellucid.types import Cache, Params, State, Tree


@dataclass(frozen=True, eq=False)
class FirstPass:
    """``count`` examples of a case, or all, forward as in use, and the gradients of their mean loss.

    Each number is worked out when it is first asked for.
    """

    case: Case
    count: int

    @cached_property
    def rows(self) -> Split:
        """The examples."""
        return self.case.rows(self.count)

    @property
    def params(self) -> Params:
        """The first weights."""
        return self._weights[0]

    @property
    def outputs(self) -> Any:
        """The outputs of all examples at once."""
        return self._forward[0]

    @property
    def cache(self) -> Cache:
        """What ``forward`` keeps."""
        return self._forward[1]

    @cached_property
    def gradients(self) -> dict[str, np.ndarray]:
        """The gradient of the mean loss by each array of weights, by path."""
        slopes = self.case.loss.gradient(self.outputs, self.rows.y)
        dy = trees.tree_map(lambda leaf: leaf / len(self.rows), slopes)
        dparams, _ = self.case.model.backward(self.params, self.cache, dy)
        return {path: np.asarray(leaf) for path, leaf in trees.flatten(dparams).items()}

    def forward(self, x: Tree) -> tuple[Any, Cache]:
        """Outputs and cache of other inputs, with the same weights."""
        params, state = self._weights
        y, cache, _ = self.case.model.forward(params, state, x, ops.key(0), train=False)
        return y, cache

    @cached_property
    def _weights(self) -> tuple[Params, State]:
        return first_weights(self.case.model, ops.key(0), self.rows.x)

    @cached_property
    def _forward(self) -> tuple[Any, Cache]:
        return self.forward(self.rows.x)
