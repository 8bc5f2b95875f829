"""One training of a case with one seed: how good it is on validation, and how its loss went."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from pellucid.diagnosis.case import Case
from pellucid.errors import NonFiniteError
from pellucid.runs import fit
from pellucid.train import Trained
from pellucid.train.metrics import decide, labels


@dataclass(frozen=True, eq=False)
class Trial:
    """What came of it. A training that met NaN or infinity is ``diverged``, and no better than saying always the same.

    ``error`` and ``train_error`` are shares of what saying always the same gets wrong: 1 is no better than that.
    """

    trained: Trained | None
    error: float
    train_error: float
    losses: tuple[float, ...]
    diverged: bool
    seconds: float


def run_trial(case: Case, seed: int) -> Trial:
    """Train the case with this seed."""
    begun = time.perf_counter()
    options = {**case.options, "seed": seed, "watch_every": 0, "engine": case.options.get("engine", "auto")}
    if (options.get("early_stopping") or options.get("reduce_on_plateau")) and "validation" not in options:
        options["validation"] = (case.validation.x, case.validation.y)
    try:
        trained = fit(case.model, case.loss, (case.train.x, case.train.y), **options)
    except NonFiniteError as failure:
        kept = getattr(failure, "trained", None)
        return Trial(kept, 1.0, 1.0, _losses(kept), True, time.perf_counter() - begun)
    error, train_error = (relative_error(case, trained, part) for part in (case.validation, case.train))
    return Trial(trained, error, train_error, _losses(trained), False, time.perf_counter() - begun)


def relative_error(case: Case, trained: Trained, part: Any) -> float:
    """The error on a part over that of the best constant answer: of classes the share of wrong ones, of amounts the squares.

    It does not depend on the loss, nor on the scale of targets, so that trainings with other losses can be compared.
    """
    outputs = trained.outputs(part.x)
    if case.classify:
        true = np.asarray(labels(case.loss, part.y, outputs)).reshape(-1)
        said = np.asarray(decide(case.loss, outputs)).reshape(-1)
        most = np.bincount(true.astype(int)).max() / len(true)
        return float((said != true).mean() / max(1 - most, 1 / len(true)))
    y = np.asarray(part.y, np.float64)
    said = np.asarray(case.loss.predict(outputs), np.float64).reshape(y.shape)
    spread = ((y - y.mean(axis=0)) ** 2).sum()
    with np.errstate(all="ignore"):
        error = float(((said - y) ** 2).sum() / spread) if spread > 0 else 1.0
    return min(error, 2.0) if np.isfinite(error) else 2.0


def _losses(trained: Trained | None) -> tuple[float, ...]:
    return tuple(float(epoch["train"]["loss"]) for epoch in trained.history.epochs) if trained else ()
