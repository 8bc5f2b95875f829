"""Part of the examples, where trainings on all would take too long: of classes in proportion, and said so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pellucid.diagnosis.answers import answers_of, class_labels
from pellucid.diagnosis.case import Case
from pellucid.errors import PellucidError
from pellucid.runs import fit

TRAININGS = 40
"""How many trainings the budget should have room for."""
LEAST = 500
"""Fewer examples than this are never thinned out."""
PROBED = 500
"""How many examples the seconds of an epoch are measured on."""


def sized_case(case: Case, budget: float, clock: Callable[[], float]) -> tuple[Case, list[str]]:
    """The case with as many training examples as the budget has time for, and sentences on what was left out."""
    if len(case.train) <= LEAST:
        return case, []
    rows = case.rows(PROBED)
    options = {**case.options, "epochs": 1, "watch_every": 0, "engine": "numpy"}
    for name in ("early_stopping", "reduce_on_plateau", "max_time", "sample_weight"):
        options.pop(name, None)
    begun = clock()
    try:
        with np.errstate(all="ignore"):
            fit(case.model, case.loss, (rows.x, rows.y), **options)
    except PellucidError:  # it diverges at once, or does not run: the training itself tells
        return case, []
    one = (clock() - begun) / len(rows) * case.epochs
    count = max(LEAST, int(budget / TRAININGS / max(one, 1e-9)))
    if count >= len(case.train):
        return case, []
    said = f"experiments use {count:,} of {len(case.train):,} training examples, so that there is time for {TRAININGS}"
    return replace(case, train=case.train.take(sampled_rows(case.train.y, count))), [said]


def sampled_rows(y: object, count: int) -> np.ndarray:
    """So many row numbers, in order: of classes in proportion, and of each class one at least."""
    total = len(y)  # type: ignore[arg-type]
    order = np.random.default_rng(0).permutation(total)
    if answers_of(y) == "classes" and np.ndim(classes := class_labels(y)) == 1:  # type: ignore[arg-type]
        order = order[np.argsort(classes[order], kind="stable")]  # class by class: every so many rows are in proportion
    return np.sort(order[np.linspace(0, total - 1, min(count, total)).astype(int)])
