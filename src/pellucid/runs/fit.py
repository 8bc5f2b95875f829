"""``fit``: train a network on data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pellucid import trees, validate
from pellucid.errors import ConfigError, NonFiniteError
from pellucid.layer import Layer, Loss
from pellucid.optim import Clipping, Optimizer
from pellucid.regularize import Constraint, Penalty
from pellucid.runs.checkpoint import read_checkpoint
from pellucid.runs.description import describe_training, read_description
from pellucid.runs.events import changes_to_come
from pellucid.runs.folder import RunFolder
from pellucid.runs.history import earlier_seconds, read_history
from pellucid.runtime.usage import Stopwatch
from pellucid.train.arguments import check_arguments, check_optional, require_validation, rule_of
from pellucid.train.batch import Weights, count_steps
from pellucid.train.changes import Change
from pellucid.train.engines import Work, choose_engine, engine_named
from pellucid.train.events import Listener
from pellucid.train.examinations import DEFAULT_EXAMINATIONS, Examination
from pellucid.train.examiner import make_examiner
from pellucid.train.feed.examples import make_examples
from pellucid.train.feed.streamed import WINDOW_BYTES, Streamed
from pellucid.train.history import History
from pellucid.train.initialize import initialize
from pellucid.train.listeners import Listeners
from pellucid.train.loop import Loop
from pellucid.train.metrics import is_classification
from pellucid.train.precision import check_compute
from pellucid.train.probes import DEFAULT_PROBES, Probe, as_probes
from pellucid.train.progress import ProgressBar
from pellucid.train.recipe import Recipe
from pellucid.train.snapshot import Snapshot
from pellucid.train.stopping import ReduceOnPlateau, StoppingRule, seconds_of
from pellucid.train.trained import Trained
from pellucid.train.watch import make_watch
from pellucid.train.watch_interval import TrainingSize
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
    early_stopping: StoppingRule | None = None,
    reduce_on_plateau: ReduceOnPlateau | None = None,
    max_time: float | str | None = None,
    engine: str = "auto",
    compute: str | None = None,
    watch_every: int | str | None = "auto",
    probes: Sequence[Probe | Callable[..., Any]] = DEFAULT_PROBES,
    examinations: Sequence[Examination] = DEFAULT_EXAMINATIONS,
    window_bytes: int = WINDOW_BYTES,
    start: tuple[Params, State] | Trained | None = None,
    progress: bool = False,
    run: str | Path | RunFolder | None = None,
    resume: bool = False,
    listeners: Sequence[Listener] = (),
    changes: Sequence[Change] = (),
) -> Trained:
    """Train ``model`` to make ``loss`` small on ``data``.

    The same seed, data and engine give the same weights to the bit. Ctrl-C ends training; what was reached is kept.

    Args:
        model: the network; any layer.
        loss: what to make small.
        data: a pair (x, y), or a Dataset, whose validation part is used too. x (B, ...) float; y as the loss takes it.
            For several inputs or outputs x or y is a dict of arrays by name (see ``Parallel``, ``Fork``, ``LossSum``).
            Or data ``OnDisk`` (``MappedArrays``, ``ParquetRows``, ``ListedFiles``), of which at most two shards are in
            memory, one trained on while the next is read. Its blocks of consecutive rows come in random order, and the
            examples are shuffled within each shard.
        validation: a pair (x, y), data ``OnDisk``, or the share of ``data`` to hold out (0.1), chosen by the seed; of
            data ``OnDisk``, whole blocks. Default: none.
        optimizer: an update rule or any optax transformation. Default: Adam().
        epochs: how often every example is used. Default: 100.
        batch_size: examples a step; the last batch of an epoch has what is left. Default: 32.
        shuffle: whether each epoch takes the examples in a new random order. Default: True. Networks that go on from
            batch to batch want them in their order.
        seed: any whole number; first weights, order of the examples, dropout and held-out examples depend on it.
        penalty: on weights (L1, L2 ...), added to the loss.
        clip: bounds on gradients.
        constraint: a bound on weights, kept after each update.
        mixup: train on mixtures of two examples, as even as this is large (0.2; see ``MixedLoss``); x are amounts.
        class_weight: weight by label, or "balanced" (B / (K count)).
        sample_weight: one for each example, (B,).
        early_stopping: when to end before the last epoch; the weights of the best epoch are returned.
        reduce_on_plateau: when to reduce the learning rate.
        max_time: how long training may take, compiling included, in seconds or as a text ("90s", "5m", "1h30m"); of
            a run that goes on, from then on. It ends before an epoch that would not fit; one that runs into the limit
            is broken off at the next moment that the engine returns, as by Ctrl-C, and ``stopped`` says how far beyond
            the limit that was.
        engine: "numpy", "jax" or "auto" (by the size of the problem, see ``choose_engine``).
        compute: "bfloat16" lets forward and backward compute in half the bits, with weights and update in float32; on
            the engine "jax" alone. None: in the dtype of the data.
        watch_every: every so many steps the numbers of the probes are recorded, in ``history.layers`` and the run's
            layers.csv. "auto": of a run in a folder, as often as takes a small share of the time (see
            ``choose_interval``). 0 or None: never, at no cost; no examinations either.
        probes: what a watched step records: probes, or functions of (taps, gradients, params) that return numbers by
            name. Default: ``DEFAULT_PROBES``, statistics of outputs, deltas, gradients, weights and updates.
        examinations: what is found out at the ends of epochs, on a fixed sample of training examples, for the run's
            histograms.jsonl and for listeners. Default: ``DEFAULT_EXAMINATIONS``, histograms, dead and saturated units.
        window_bytes: about how many bytes a shard of data ``OnDisk`` takes in memory.
        start: (params, state), or a Trained network to go on from. Default: weights drawn with the seed.
        progress: whether to show a progress bar on standard error.
        run: a folder to write the run to.
        resume: whether the run in that folder goes on where it was.
        listeners: functions that are called with every event of the training (``EpochDone``, ``StepsDone`` ...). One
            that raises is reported, and ends nothing.
        changes: planned changes of the learning rate or the epochs, and stops, each at its step: ``changes_of(run)``
            repeats those that another run was asked for.

    Returns:
        The trained network with its history.

    Raises:
        ConfigError, ShapeError, DataError: for what does not fit, before any training.
        NonFiniteError: at the first NaN or infinity; its ``trained`` has the last good weights: the best, or those of
            the last whole epoch.
    """
    clock = Stopwatch()
    check_arguments(
        "fit",
        model=model,
        loss=loss,
        epochs=epochs,
        batch_size=batch_size,
        shuffle=shuffle,
        seed=seed,
        penalty=penalty,
        clip=clip,
        constraint=constraint,
        early_stopping=early_stopping,
    )
    seed = int(seed)  # NumPy's whole numbers overflow where ours do not
    validate.positive_int("fit", "window_bytes", window_bytes)
    if mixup is not None:
        validate.positive("fit", "mixup", mixup)
    _check_kinds(listeners, examinations, changes)
    train, held_out = make_examples(loss, data, validation, sample_weight, class_weight, seed, window_bytes)
    sample = train.sample
    require_validation("fit", held_out, early_stopping=early_stopping, reduce_on_plateau=reduce_on_plateau)
    rule = rule_of(optimizer)
    classify = is_classification(loss, sample.target)
    recipe = Recipe(model, loss, rule, penalty, clip, constraint, classify, mixup, compute)
    params, state = initialize(model, loss, train, held_out, batch_size, shuffle, seed, start)
    weights = Weights(params, state, rule.init(params))
    steps = epochs * count_steps(train.examples, batch_size)
    size = min(batch_size, train.examples)
    work = Work.of(model, params, state, sample.x)
    chosen = "jax" if compute else choose_engine(work, steps, size)
    name = _engine_name(engine, rule, chosen)
    check_compute(compute, name, sample.x)
    folder = RunFolder(Path(run), {}) if isinstance(run, (str, Path)) else run
    check_optional("fit", "run", folder, RunFolder)
    if folder is not None:
        folder.resume = resume
        how = {"epochs": epochs, "batch_size": batch_size, "shuffle": shuffle, "seed": seed}
        folder.description = {**describe_training(recipe, sample, **how), **folder.description}
    snapshot, past = _begin(weights, folder, resume)
    earlier = 0.0
    if folder is not None and resume:
        earlier = folder.description["earlier_seconds"] = earlier_seconds(read_description(folder.path), past)
        changes = changes_to_come(folder.path, changes)
    heard = Listeners(folder, [*([ProgressBar()] if progress else []), *listeners])
    engine_used = engine_named(name, params, work.multiplications * size)
    training_size = _training_size(recipe, work, params, size, steps, name, isinstance(train, Streamed))
    watch = make_watch(watch_every, as_probes(probes), folder is not None, training_size, engine_used)
    examiner = None
    if examinations and watch_every and (folder is not None or listeners):
        exactly = size if model.follows_order() else None
        examiner = make_examiner(recipe, sample, work, training_size.parameters, examinations, seed, exactly)
    loop = Loop(
        recipe,
        engine_used,
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
        watch,
        examiner,
        tuple(changes),
        reduce_on_plateau,
        None if max_time is None else seconds_of("fit", max_time),
        clock=clock,
    )
    try:
        loop.run()
    except NonFiniteError as error:
        error.trained = _trained(loop, earlier)
        raise
    return _trained(loop, earlier)


def _check_kinds(listeners: Sequence[Listener], examinations: Sequence[Examination], changes: Sequence[Change]) -> None:
    """Raise ConfigError for what is no listener, no examination, or no change that can be planned."""
    for listener in listeners:
        if not callable(listener) or isinstance(listener, type):
            raise ConfigError(f"fit: every listener must be a function of an event, not {listener!r}")
    for examination in examinations:
        validate.instance("fit", "every examination", examination, Examination)
    for change in changes:
        validate.instance("fit", "every change", change, Change)
        if change.command in ("pause", "continue"):
            raise ConfigError(f"fit: a {change.command} cannot be planned, for a pause ends when somebody asks for it")


def _training_size(
    recipe: Recipe, work: Work, params: Params, batch_size: int, steps: int, engine: str, streamed: bool
) -> TrainingSize:
    """What decides how often to watch. NumPy measures too, unless it would have to read the data again."""
    parameters = sum(leaf.size for leaf in trees.leaves(params))
    engines = (engine,) if recipe.compute or streamed else tuple(sorted({"numpy", engine}))
    return TrainingSize(work, parameters, batch_size, steps, engine, engines)


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
    return snapshot, read_history(folder.path, snapshot.epoch)


def _trained(loop: Loop, earlier: float) -> Trained:
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
        earlier + loop.clock.seconds,
    )
