"""What goes into a step of training: a batch of examples, the weights, and what differs from step to step."""

from __future__ import annotations

from typing import Any, NamedTuple

from pellucid import ops
from pellucid.trees import count_examples
from pellucid.types import Array, Key, Params, State, Tree


class Weights(NamedTuple):
    """All that a step changes: the params, the layers' state, and what the optimizer remembers (its slots)."""

    params: Params
    state: State
    slots: Tree


class Batch(NamedTuple):
    """Inputs, targets and, where examples count differently, the weight of each."""

    x: Tree
    target: Tree
    weight: Array | None = None

    @property
    def examples(self) -> int:
        """How many there are."""
        return count_examples(self.x)


def count_steps(examples: int, batch_size: int) -> int:
    """How many steps go once through so many examples; the last one takes what is left."""
    return -(-examples // batch_size)


class StepInputs(NamedTuple):
    """What differs from step to step besides the batch: its number from 1, its learning rate, its key (or None)."""

    step_number: Any
    learning_rate: Any
    key: Key | None = None


def shares(batch: Batch, like: Array) -> Array:
    """How much each example counts in the batch's mean: its weight over the sum of weights, (B,); without weights one
    number for all, 1 / B. In the dtype of ``like``, which has a number for each example.
    """
    if batch.weight is None:
        return like.dtype.type(1.0 / like.shape[0])
    weight = batch.weight.astype(like.dtype)
    total = weight.sum()
    return weight / ops.namespace(like).where(total > 0, total, 1.0)  # a batch of zeros moves nothing
