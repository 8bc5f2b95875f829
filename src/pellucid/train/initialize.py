"""What a training begins with: weights, tried out on its data, so that what does not fit is said before any step."""

from __future__ import annotations

from functools import partial

import numpy as np

from pellucid import ops, trees, validate
from pellucid.errors import ConfigError, ShapeError
from pellucid.layer import Layer, Loss
from pellucid.runtime.blas import on_one_core
from pellucid.shape_inference import first_weights, infer_output
from pellucid.train.batch import Batch
from pellucid.train.feed.shards import Examples
from pellucid.train.keys import weights_key
from pellucid.train.trained import Trained
from pellucid.types import Params, State, Tree
from pellucid.weights import fill_tree


@on_one_core()
@np.errstate(all="ignore")  # what overflows is found, and named, by the trainer
def initialize(
    model: Layer,
    loss: Loss,
    train: Examples,
    held_out: Examples | None,
    batch_size: int,
    shuffle: bool,
    seed: int,
    start: tuple[Params, State] | Trained | None,
) -> tuple[Params, State]:
    """The weights and state to begin with. Raises whatever network, loss, data and batches have against each other."""
    params, state = draw_weights(model, train.sample, seed, start)
    train.require_targets(partial(loss.check_target, infer_output(model, params, state, train.sample.x)))
    if held_out is not None:
        like = _held_out_like(train.sample, held_out.sample, model, params, state)
        held_out.require_targets(partial(loss.check_target, like))
    if shuffle and model.follows_order():
        raise ConfigError("fit: a Recurrent with streams goes on from batch to batch: pass shuffle=False")
    _try_batches(model, params, state, train, batch_size)
    return params, state


def _held_out_like(train: Batch, held_out: Batch, model: Layer, params: Params, state: State) -> Tree:
    """Outputs like those for validation; its examples may be other than training ones where the network takes both."""
    try:
        return infer_output(model, params, state, held_out.x)
    except ShapeError as error:
        given, wanted = (trees.tree_map(lambda leaf: leaf.shape[1:], batch.x) for batch in (held_out, train))
        if given == wanted:
            raise
        raise ShapeError(f"fit: validation examples have shape {given}, training ones {wanted}") from error


def _try_batches(model: Layer, params: Params, state: State, train: Examples, batch_size: int) -> None:
    """Raise now what a layer says of a batch of that size, or of what is left over for the last one.

    Most layers take any; some refuse a single example (BatchNorm), or other than so many (Recurrent with streams).
    """
    x = train.sample.x
    for size in (min(batch_size, train.examples), train.examples % batch_size):
        if size == 1 or (size and model.follows_order()):
            zeros = trees.tree_map(lambda leaf, size=size: np.zeros((size, *leaf.shape[1:]), leaf.dtype), x)
            with validate.shapes_alone(), np.errstate(all="ignore"):
                model.forward(params, state, zeros, ops.key(0), train=True)


def draw_weights(
    model: Layer, sample: Batch, seed: int, start: tuple[Params, State] | Trained | None, owner: str = "fit"
) -> tuple[Params, State]:
    """The weights and state to begin with: drawn from the seed, or those given.

    Raises ConfigError, RunError, naming ``owner``.
    """
    key = weights_key(seed)
    if start is None:
        return first_weights(model, key, sample.x)
    with validate.shapes_alone():
        params, state = first_weights(model, key, sample.x)
    given = (start.params, start.state) if isinstance(start, Trained) else start
    if not isinstance(given, (tuple, list)) or len(given) != 2:
        raise ConfigError(f"{owner}: start is a Trained network or a pair (params, state), not {type(given).__name__}")
    arrays = {path: np.asarray(leaf) for path, leaf in trees.items({"params": given[0], "state": given[1]})}
    filled = fill_tree({"params": params, "state": state}, arrays, f"{owner}: start")
    return filled["params"], filled["state"]
