"""``fit``: train a network on data."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pellucid import trees, validate
from pellucid.errors import ConfigError, NonFiniteError
from pellucid.layer import Layer, Loss
from pellucid.optim import Adam, Clipping, Optimizer, as_rule
from pellucid.regularize import Constraint, Penalty
from pellucid.runs.checkpoint import read_checkpoint
from pellucid.runs.description import describe_training
from pellucid.runs.folder import RunFolder
from pellucid.runs.history import cut_history, read_history
from pellucid.train.batch import Weights
from pellucid.train.engines import Work, choose_engine, engine_named
from pellucid.train.feed.examples import make_examples
from pellucid.train.feed.streamed import WINDOW_BYTES
from pellucid.train.history import History
from pellucid.train.initialize import begin_with
from pellucid.train.listener import Listener, Snapshot
from pellucid.train.loop import Loop
from pellucid.train.metrics import is_classification
from pellucid.train.precision import check_compute
from pellucid.train.progress import ProgressBar
from pellucid.train.recipe import Recipe
from pellucid.train.stopping import EarlyStopping
from pellucid.train.trained import Trained
from pellucid.types import Params, State


def fit(
    model: Layer,
    loss: Loss,
    data: Any,
    *,
    validation: Any = None,
    optimizer: Optimizer | Any = None,
    epochs: int = 100,
    batch_size: int = 32,
    shuffle: bool = True,
    seed: int = 0,
    penalty: Penalty | None = None,
    clip: Clipping | None = None,
    constraint: Constraint | None = None,
    mixup: float | None = None,
    class_weight: Mapping[int, float] | str | None = None,
    sample_weight: Any = None,
    early_stopping: EarlyStopping | None = None,
    engine: str = "auto",
    compute: str | None = None,
    watch_every: int | None = None,
    window_bytes: int = WINDOW_BYTES,
    start: tuple[Params, State] | Trained | None = None,
    progress: bool = False,
    run: str | Path | RunFolder | None = None,
    resume: bool = False,
    listeners: Sequence[Listener] = (),
) -> Trained:
    """Train ``model`` to make ``loss`` small on ``data``, and give back the trained network.

    ``data``: a pair (x, y), or a Dataset, whose validation part is used too. x (B, ...) float; y as the loss takes it.
    For several inputs or outputs x or y is a dict of arrays by name (see ``Parallel``, ``Fork``, ``LossSum``).
    Or data ``OnDisk`` (``MappedArrays``, ``ParquetRows``, ``ListedFiles``): in memory are then at most two windows of
    about ``window_bytes``, one trained on while the next is read. Its blocks of consecutive rows come in random order,
    and the examples are shuffled within each window.
    ``validation``: a pair (x, y), data ``OnDisk``, or the share of ``data`` to hold out (0.1), chosen by the seed; of
    data ``OnDisk``, whole blocks.
    ``optimizer``: an update rule (Adam() unless given) or any optax transformation.
    ``batch_size``: examples a step; they are shuffled anew each epoch, and the last smaller batch is used. Without
    ``shuffle`` they come in their order, as networks want them that go on from batch to batch.
    ``penalty``, ``clip``, ``constraint``: on weights (L1, L2 ...), on gradients, on weights after each update.
    ``mixup``: train on mixtures of two examples, as even as this is large (0.2; see ``MixedLoss``); x are amounts.
    ``class_weight``: weight by label, or "balanced" (B / (K count)); ``sample_weight``: one for each example.
    ``early_stopping``: needs validation; the best weights are given back.
    ``engine``: "numpy", "jax" or "auto" (by the size of the problem, see ``choose_engine``).
    ``compute``: "bfloat16" lets forward and backward compute in half the bits, with weights and update in float32; on
    the engine "jax" alone. None: in the dtype of the data.
    ``watch_every``: every so many steps it is noted how each layer fares (``layer_statistics``), in ``history.layers``
    and the run's layers.csv.
    ``start``: (params, state), or a Trained network to go on from; else weights are drawn from the seed.
    ``run``: a folder to write the run to; with ``resume`` the run there goes on where it was.
    The same seed, data and engine give the same weights to the bit. Ctrl-C ends training; what was reached is kept.

    Raises ConfigError, ShapeError, DataError for what does not fit, before any training; NonFiniteError at the first
    NaN or infinity; its ``trained`` has the last good weights: the best, or those of the last whole epoch.
    """
    begun = time.perf_counter()
    _check_numbers(epochs=epochs, batch_size=batch_size, window_bytes=window_bytes, watch_every=watch_every)
    validate.whole("fit", "seed", seed)
    if mixup is not None:
        validate.positive("fit", "mixup", mixup)
    for name, part, kind in (("model", model, Layer), ("loss", loss, Loss), ("shuffle", shuffle, bool)):
        validate.instance("fit", name, part, kind)
    _check_optional(penalty=(penalty, Penalty), clip=(clip, Clipping), constraint=(constraint, Constraint))
    _check_optional(early_stopping=(early_stopping, EarlyStopping))
    for listener in listeners:
        validate.instance("fit", "every listener", listener, Listener)
    train, held_out = make_examples(loss, data, validation, sample_weight, class_weight, seed, window_bytes)
    sample = train.sample
    if early_stopping is not None and held_out is None:
        raise ConfigError("fit: early_stopping needs validation data: pass validation=(x, y) or a share such as 0.1")
    rule = as_rule(Adam() if optimizer is None else optimizer)
    classify = is_classification(loss, sample.target)
    recipe = Recipe(model, loss, rule, penalty, clip, constraint, classify, mixup, compute, watch_every)
    params, state = begin_with(model, loss, train, held_out, batch_size, shuffle, seed, start)
    weights = Weights(params, state, rule.init(params))
    steps = epochs * -(-train.examples // batch_size)
    size = min(batch_size, train.examples)
    work = Work.of(model, params, state, sample.x)
    chosen = "jax" if compute else choose_engine(work, steps, size)
    name = _engine_name(engine, rule, chosen)
    check_compute(compute, name, sample.x)
    folder = RunFolder(Path(run), {}) if isinstance(run, (str, Path)) else run
    _check_optional(run=(folder, RunFolder))
    if folder is not None:
        folder.resume = resume
        how = {"epochs": epochs, "batch_size": batch_size, "shuffle": shuffle, "seed": seed}
        folder.description = {**describe_training(recipe, sample, **how), **folder.description}
    snapshot, past = _begin(weights, folder, resume)
    heard = [*([folder] if folder else []), *([ProgressBar()] if progress else []), *listeners]
    loop = Loop(
        recipe,
        engine_named(name, params, work.multiplications * size),
        train,
        held_out,
        epochs,
        size,
        shuffle,
        seed,
        early_stopping,
        heard,
        snapshot,
        History(past),
    )
    try:
        loop.run()
    except NonFiniteError as error:
        error.trained = _trained(loop, begun)
        raise
    return _trained(loop, begun)


def _check_numbers(**numbers: int | None) -> None:
    for name, number in numbers.items():
        if number is not None or name != "watch_every":
            validate.positive_int("fit", name, number)


def _check_optional(**parts: tuple[Any, type]) -> None:
    for name, (part, kind) in parts.items():
        if part is not None:
            validate.instance("fit", name, part, kind)


def _engine_name(asked: str, rule: Optimizer, chosen: str) -> str:
    if asked == "auto":
        return chosen if chosen in rule.engines else rule.engines[0]
    if asked in ("numpy", "jax") and asked not in rule.engines:
        raise ConfigError(
            f"fit: {type(rule).__name__} runs on {' and '.join(rule.engines)} only: leave engine at 'auto'"
        )
    return asked


def _begin(weights: Weights, folder: RunFolder | None, resume: bool) -> tuple[Snapshot, list[dict[str, Any]]]:
    if folder is None or not resume:
        return Snapshot(weights), []
    snapshot = read_checkpoint(folder.path, weights)
    cut_history(folder.path, snapshot)
    return snapshot, read_history(folder.path, snapshot.epoch)


def _trained(loop: Loop, begun: float) -> Trained:
    kept = trees.tree_map(np.asarray, loop.snapshot.kept)
    return Trained(
        loop.recipe.model,
        loop.recipe.loss,
        kept.params,
        kept.state,
        loop.history,
        loop.engine.name,
        loop.stopped,
        loop.snapshot.best_epoch,
        time.perf_counter() - begun,
    )
