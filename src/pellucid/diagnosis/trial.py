"""One training of a case with one seed: how good it is on validation, and how its loss went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pellucid.diagnosis.answers import relative_error
from pellucid.diagnosis.case import Case
from pellucid.errors import NonFiniteError
from pellucid.runs import fit
from pellucid.train import Trained


@dataclass(frozen=True, eq=False)
class Trial:
    """What came of a training. One that met NaN or infinity is ``diverged``, and no better than a constant answer.

    ``error`` and ``train_error`` are shares of what a constant answer gets wrong: 1 is no better than that.
    """

    error: float
    train_error: float
    losses: tuple[float, ...]
    diverged: bool


def run_trial(case: Case, seed: int) -> Trial:
    """Train the case with this seed. The engine is the quicker one by the count of operations, if none is named."""
    options = {**case.options, "seed": seed, "watch_every": 0}
    if (options.get("early_stopping") or options.get("reduce_on_plateau")) and "validation" not in options:
        options["validation"] = (case.validation.x, case.validation.y)
    try:
        with np.errstate(all="ignore"):
            trained = fit(case.model, case.loss, (case.train.x, case.train.y), **options)
    except NonFiniteError as failure:
        return Trial(1.0, 1.0, _losses(getattr(failure, "trained", None)), True)
    with np.errstate(all="ignore"):
        error, train_error = (_error(case, trained, part) for part in (case.validation, case.train))
    return Trial(error, train_error, _losses(trained), False)


def _error(case: Case, trained: Trained, part: Any) -> float:
    error = relative_error(case.loss, trained.outputs(part.x), part.y)
    if not np.isnan(error):
        return error
    measured = trained.evaluate(part)  # outputs in trees: what is measured of the main one, or the loss itself
    if "accuracy" in measured:
        return 1 - measured["accuracy"]
    return 1 - measured["r2"] if "r2" in measured else measured["loss"]


def _losses(trained: Trained | None) -> tuple[float, ...]:
    return tuple(float(epoch["train"]["loss"]) for epoch in trained.history.epochs) if trained else ()
