"""The gradient check of this network, a short one: every array of weights along a few random directions."""

from __future__ import annotations

import time

import numpy as np

from pellucid.check import GradientReport, check_gradients
from pellucid.combinators import record
from pellucid.data import Split
from pellucid.errors import PellucidError
from pellucid.jobs.network_source import takes_indices
from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Content, element, table
from pellucid.report_page.language import say, sentence
from pellucid.runtime.deadline import Deadline
from pellucid.train.trained import Trained

EXAMPLES = 4
DIRECTIONS = 3
FORWARDS = 6
"""A direction takes about so many forward passes; the whole network is checked along ten more."""

FIRST_SECONDS = 1.0
"""Automatic differentiation takes so long to begin."""

OWN_SECONDS = 6.0
"""What the check may take where other parts of the report have used up the time, unless there was none."""


VERDICTS = {"right": sentence("right"), "look closer": sentence("look closer"), "wrong": sentence("wrong")}


class _TimeIsOverError(Exception):
    pass


def gradients(evidence: Evidence) -> Content:
    """A row for each array of weights; along one direction each where more would take too long, else left out."""
    dataset, trained = evidence.dataset, evidence.trained
    if dataset is None or trained is None:
        return None
    part = dataset.train.take(np.arange(min(EXAMPLES, len(dataset.train))))
    if not dataset.layout.are_amounts and takes_indices(trained.model):
        part = Split(part.x.astype("int32"), part.y)  # numbers that stand for terms have no gradient
    why = say("gradient check: it would take too long here; pellucid check does it")
    seconds = max(evidence.deadline.left(), OWN_SECONDS if evidence.deadline.seconds > 0 else 0.0)
    fitting = [most for most in (DIRECTIONS, 1) if _estimate(trained, part, most) <= seconds]
    if not fitting:
        evidence.left_out.append(why)
        return None
    try:
        found = _check(trained, part, fitting[0], Deadline(seconds))
    except _TimeIsOverError:
        evidence.left_out.append(why)
        return None
    except PellucidError as error:
        evidence.left_out.append(say("gradient check: {why}", why=error))
        return None
    return _shown(found, len(part), fitting[0])


def _estimate(trained: Trained, part: Split, directions: int) -> float:
    """About how many seconds the check takes, by a forward pass; the first is slower, for it reads code."""
    taken = []
    for _ in range(2):
        begun = time.perf_counter()
        with np.errstate(all="ignore"):
            arrays = len(record(trained.model, trained.params, trained.state, part.x))
        taken.append(time.perf_counter() - begun)
    return FIRST_SECONDS + FORWARDS * (2 * arrays * directions + 10) * min(taken)


def _check(trained: Trained, part: Split, directions: int, deadline: Deadline) -> GradientReport:
    def tell(done: int, total: int) -> None:
        if deadline.is_over():
            raise _TimeIsOverError

    return check_gradients(
        trained.model, trained.loss, part.x, part.y, params=trained.params, state=trained.state, weights="directions",
        samples=directions, progress=tell,
    )  # fmt: skip


def _shown(found: GradientReport, examples: int, directions: int) -> Content:
    if found.ok:
        verdict = say("No gradient is wrong at {count} training examples.", count=examples)
    else:
        wrong = say(", ").join(found.wrong)
        verdict = say(
            "Wrong: {names}. The layer's backward pass needs mending; pellucid check tells more.", names=wrong
        )
    rows = [
        [
            row.path,
            *(f"{error.relative:.0e}" if error else "–" for error in (row.numerical, row.automatic)),
            say(VERDICTS[row.verdict]),
        ]
        for row in (*found.leaves, found.whole)
    ]
    said = say(
        "Backward in float64, along random directions of each array ({count}), beside central differences and "
        "automatic differentiation: relative errors below 1e-7 are right.",
        count=directions,
    )
    return [
        element("p", element("b", verdict)),
        table([say("array"), say("central differences"), say("automatic"), say("verdict")], rows, "figures"),
        element("p", said, class_="soft"),
    ]
