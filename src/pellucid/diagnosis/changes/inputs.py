"""Inputs and targets brought to a common scale: centred and normalised, or whitened, by the training part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from pellucid.data import Split, Whiten
from pellucid.diagnosis.case import Case
from pellucid.diagnosis.changes.change import Change
from pellucid.errors import PellucidError

MOST_COLUMNS = 500
"""Whitening turns all columns by a matrix of as many rows: beyond this it is not tried."""


def scaled_inputs(case: Case) -> list[Change]:
    """Inputs normalised, and whitened, where they are amounts."""
    if not case.x_is_array or np.ndim(case.train.x) < 2 or "inputs" in case.scaled:
        return []
    changes = [Change("normalised inputs", "inputs not scaled", normalise_inputs, {"inputs": "normalised"})]
    columns = int(np.prod(np.shape(case.train.x)[1:]))
    if np.ndim(case.train.x) == 2 and 1 < columns <= MOST_COLUMNS:
        changes.append(Change("whitened inputs", "inputs correlated", whiten_inputs, {"inputs": "whitened"}))
    return changes


def scaled_targets(case: Case) -> list[Change]:
    """Targets normalised, where they are amounts."""
    y = case.train.y
    if case.classify or not isinstance(y, np.ndarray) or y.dtype.kind != "f" or "targets" in case.scaled:
        return []
    return [Change("normalised targets", "targets not scaled", normalise_targets, {"targets": "normalised"})]


def normalise_inputs(case: Case) -> Case:
    """Each input centred, of deviation 1 over the training part."""
    x = np.asarray(case.train.x, np.float64)
    mean, deviation = x.mean(axis=0), x.std(axis=0)
    deviation[deviation == 0] = 1.0  # a constant column stays one
    return _with_inputs(case, lambda x: (x - mean) / deviation)


def whiten_inputs(case: Case) -> Case:
    """Inputs turned and scaled so that they are uncorrelated, of deviation 1."""
    x = np.asarray(case.train.x, np.float64)
    try:
        return _with_inputs(case, Whiten.fit(x).apply)
    except PellucidError:  # a constant column, say
        return normalise_inputs(case)


def _with_inputs(case: Case, prepare: Callable[[Any], Any]) -> Case:
    train, validation = (
        Split(prepare(np.asarray(part.x, np.float64)).astype(part.x.dtype), part.y)
        for part in (case.train, case.validation)
    )
    return replace(case, train=train, validation=validation, scaled=(*case.scaled, "inputs"))


def normalise_targets(case: Case) -> Case:
    """Targets centred, of deviation 1 over the training part."""
    y = np.asarray(case.train.y, np.float64)
    mean, deviation = y.mean(axis=0), y.std(axis=0)
    deviation = np.where(deviation == 0, 1.0, deviation)
    train, validation = (
        Split(part.x, ((np.asarray(part.y, np.float64) - mean) / deviation).astype(part.y.dtype))
        for part in (case.train, case.validation)
    )
    return replace(case, train=train, validation=validation, scaled=(*case.scaled, "targets"))
