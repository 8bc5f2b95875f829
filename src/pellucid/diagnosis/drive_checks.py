"""What a test drive looks at, a function each: checks with a verdict and what was seen."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from pellucid import trees
from pellucid.diagnosis.answers import class_labels
from pellucid.diagnosis.case import Case
from pellucid.diagnosis.exact import QUICK_TESTS
from pellucid.diagnosis.first_pass import FirstPass
from pellucid.diagnosis.rewrite import without_dropout
from pellucid.errors import NonFiniteError, describe
from pellucid.runs import fit

Verdict = Literal["go", "look", "no go"]

FEW, STEPS = 6, 400
"""Examples that every network can learn by heart, and the steps it has for it."""
LEARNT = 0.2
"""The part of the first loss that is left where they are learnt, on the way to 0."""
FAR = 5.0
"""A first loss so many times that of an answer by chance: initial weights or scales are unusual."""
FADED = 1e-5
"""A layer's gradient over the largest one's from which it hardly learns: a look is asked for, not more."""
EXAMPLES = 64
TIMED = 20
"""How many steps are timed."""


@dataclass(frozen=True)
class Check:
    """One thing looked at, what was seen, and whether the training can go on from it."""

    name: str
    verdict: Verdict
    seen: str


Look = Callable[[Case], Iterator[Check]]


def _shapes(case: Case) -> Iterator[Check]:
    first = FirstPass(case, 2)
    y, count = first.outputs, sum(np.size(leaf) for leaf in trees.leaves(first.params))
    said = f"inputs {_shape(case.train.x)}, targets {_shape(case.train.y)}, outputs {_shape(y, of_one=True)}"
    yield Check("shapes", "go", f"{said}; {len(case.train):,} examples, {count:,} weights")


def _targets(case: Case) -> Iterator[Check]:
    if case.answers == "classes":
        counts = np.bincount(class_labels(case.train.y).reshape(-1))
        counts = counts[counts > 0]
        said = f"{len(counts)} classes, the rarest {counts.min():,}, the most frequent {counts.max():,} times"
        yield Check("targets", "go" if len(counts) > 1 else "no go", said)
    elif case.answers == "amounts":
        yield _scale("targets", np.asarray(case.train.y, np.float64))


def _scales(case: Case) -> Iterator[Check]:
    if case.x_is_array:
        yield _scale("inputs", np.asarray(case.rows(2000).x, np.float64))


def _scale(name: str, values: np.ndarray) -> Check:
    if not np.isfinite(values).all():
        return Check(name, "no go", f"{int((~np.isfinite(values)).sum()):,} numbers are NaN or infinite")
    size = math.sqrt(float((values**2).mean()))
    said = f"from {values.min():.4g} to {values.max():.4g}, root mean square {size:.3g}"
    usual = 0.05 <= size <= 20
    return Check(name, "go" if usual else "look", said if usual else f"{said}: scale them to about 1")


def _first_loss(case: Case) -> Iterator[Check]:
    begin = FirstPass(case, EXAMPLES)
    y, target = begin.outputs, begin.rows.y
    losses = np.asarray(case.loss.value(y, target), np.float64)
    first, chance = float(losses.mean()), _chance(case, y, target)
    if not math.isfinite(first):
        yield Check("first loss", "no go", "the loss is not finite with the first weights")
    elif chance is None:
        yield Check("first loss", "go", f"{first:.4g}")
    else:
        said = f"{first:.4g}; with outputs that are all 0 it is {chance:.4g}"
        far = first > FAR * max(chance, 1e-12)
        yield Check(
            "first loss", "look" if far else "go", f"{said}: first weights or inputs are large" if far else said
        )


def _chance(case: Case, y: Any, target: Any) -> float | None:
    """The loss of outputs that are all 0: log C of C classes, the mean square of amounts."""
    if not isinstance(y, np.ndarray):
        return None
    value = float(np.asarray(case.loss.value(np.zeros_like(y), target)).mean())
    return value if math.isfinite(value) else None


def _reaching(case: Case) -> Iterator[Check]:
    """Whether gradients reach every layer."""
    sizes = {
        path: float(np.linalg.norm(np.asarray(leaf, np.float64).ravel()))
        for path, leaf in FirstPass(case, EXAMPLES).gradients.items()
        if path.rpartition("/")[2] != "b"
    }
    if not sizes:
        return
    bad = [path for path, size in sizes.items() if size == 0 or not math.isfinite(size)]
    largest = max(sizes.values())
    faded = [path for path, size in sizes.items() if size < FADED * largest]
    if bad:
        yield Check("gradients reach every layer", "no go", f"those of {', '.join(bad[:4])} are 0 or not finite")
    elif faded:
        said = f"those of {', '.join(faded[:4])} are below {FADED:g} of the largest"
        yield Check("gradients reach every layer", "look", said)
    else:
        yield Check("gradients reach every layer", "go", f"sizes from {min(sizes.values()):.2g} to {largest:.2g}")


def _exact(case: Case) -> Iterator[Check]:
    found = [finding for test in QUICK_TESTS for finding in test(case)]
    for finding in found:
        if finding.sure != "note":
            yield Check(finding.name, "no go" if finding.sure == "error" else "look", finding.seen)
    if not any(finding.sure == "error" for finding in found):
        yield Check("exact tests", "go", f"{len(QUICK_TESTS)} hold, the gradient check among them")


def _by_heart(case: Case) -> Iterator[Check]:
    """A few examples, without dropout and penalties, are learnt until next to no loss is left."""
    rows, name = case.rows(FEW), f"{FEW} examples by heart"
    options = case.options_of("optimizer", "clip", "constraint", "engine")
    model = without_dropout(case.model)
    try:
        trained = fit(model, case.loss, (rows.x, rows.y), epochs=STEPS, batch_size=FEW, watch_every=0, **options)
    except NonFiniteError as failure:
        yield Check(name, "no go", f"{describe(failure)}")
        return
    losses = [epoch["train"]["loss"] for epoch in trained.history.epochs]
    first, last = losses[0], losses[-1]
    said = f"in {STEPS} steps the loss goes from {first:.4g} to {last:.4g}"
    if last <= max(LEARNT * first, 1e-3):
        yield Check(name, "go", said)
    else:
        slow = losses[-1] < 0.98 * losses[3 * STEPS // 4]
        why = "it still falls: the rate may be low" if slow else "the network cannot learn them as it is"
        yield Check(name, "look" if slow else "no go", f"{said}; {why}")


def _estimate(case: Case) -> Iterator[Check]:
    """Seconds of the whole training from some steps, and bytes of weights, slots and one batch."""
    size = min(case.batch_size, len(case.train))
    rows = case.rows(size * TIMED)
    steps = math.ceil(len(case.train) / size) * case.epochs
    options = case.options_of("optimizer", "clip", "penalty")
    begun = time.perf_counter()
    fit(case.model, case.loss, (rows.x, rows.y), epochs=1, batch_size=size, watch_every=0, engine="numpy", **options)
    seconds = (time.perf_counter() - begun) / math.ceil(len(rows) / size) * steps
    batch = FirstPass(case, size)
    slots = 2 if "Adam" in type(case.optimizer).__name__ else 1
    needed = (2 + slots) * _bytes(batch.params) + 2 * _bytes(batch.cache) + _bytes(case.train.x) + _bytes(case.train.y)
    said = f"{steps:,} steps, about {_duration(seconds)} on NumPy (compiled training may be quicker), "
    yield Check("time and memory", "go", f"{said}about {needed / 2**20:.0f} MiB with the examples")


def _bytes(tree: Any) -> int:
    return sum(np.asarray(leaf).nbytes for leaf in trees.leaves(tree))


def _shape(tree: Any, of_one: bool = False) -> str:
    shapes = [np.shape(leaf)[1:] if of_one else np.shape(leaf) for leaf in trees.leaves(tree)]
    return ", ".join(map(str, shapes))


def _duration(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


LOOKS: dict[str, Look] = {
    "shapes": _shapes,
    "targets": _targets,
    "scales": _scales,
    "first loss": _first_loss,
    "gradients": _reaching,
    "exact tests": _exact,
    "examples by heart": _by_heart,
    "time and memory": _estimate,
}
"""In the order in which they are made."""
