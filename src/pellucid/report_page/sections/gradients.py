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
from pellucid.runtime.deadline import Deadline
from pellucid.train.trained import Trained

EXAMPLES = 4
DIRECTIONS = 3
FORWARDS = 6
"""A direction takes about so many forward passes; the whole network is checked along ten more."""

FIRST_SECONDS = 1.0
"""Automatic differentiation takes so long to begin."""


class _TimeIsOverError(Exception):
    pass


def gradients(evidence: Evidence) -> Content:
    """A row for each array of weights; left out where it would take too long."""
    dataset, trained = evidence.dataset, evidence.trained
    if dataset is None or trained is None:
        return None
    part = dataset.train.take(np.arange(min(EXAMPLES, len(dataset.train))))
    if not dataset.layout.are_amounts and takes_indices(trained.model):
        part = Split(part.x.astype("int32"), part.y)  # numbers that stand for terms have no gradient
    why = "gradient check: it would take too long here; pellucid check does it"
    if evidence.deadline.left() < _estimate(trained, part):
        evidence.left_out.append(why)
        return None
    try:
        found = _check(trained, part, Deadline(evidence.deadline.left() / 2))
    except _TimeIsOverError:
        evidence.left_out.append(why)
        return None
    except PellucidError as error:
        evidence.left_out.append(f"gradient check: {error}")
        return None
    return _shown(found, len(part))


def _estimate(trained: Trained, part: Split) -> float:
    """About how many seconds the check takes, by one forward pass."""
    begun = time.perf_counter()
    with np.errstate(all="ignore"):
        arrays = len(record(trained.model, trained.params, trained.state, part.x))
    return FIRST_SECONDS + FORWARDS * (2 * arrays * DIRECTIONS + 10) * (time.perf_counter() - begun)


def _check(trained: Trained, part: Split, deadline: Deadline) -> GradientReport:
    def tell(done: int, total: int) -> None:
        if deadline.is_over():
            raise _TimeIsOverError

    return check_gradients(
        trained.model, trained.loss, part.x, part.y, params=trained.params, state=trained.state, weights="directions",
        samples=DIRECTIONS, progress=tell,
    )  # fmt: skip


def _shown(found: GradientReport, examples: int) -> Content:
    verdict = f"No gradient is wrong at {examples} training examples." if found.ok else (
        f"Wrong: {', '.join(found.wrong)}. The layer's backward pass needs mending; pellucid check tells more."
    )  # fmt: skip
    rows = [
        [
            row.path,
            *(f"{error.relative:.0e}" if error else "–" for error in (row.numerical, row.automatic)),
            row.verdict,
        ]
        for row in (*found.leaves, found.whole)
    ]
    said = (
        f"Backward in float64, along {DIRECTIONS} random directions of each array, beside central differences and "
        "automatic differentiation: relative errors below 1e-7 are right."
    )
    return [
        element("p", element("b", verdict)),
        table(["array", "central differences", "automatic", "verdict"], rows, "figures"),
        element("p", said, class_="soft"),
    ]
