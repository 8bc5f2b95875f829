"""Small trainings for the tests of the doctor."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.combinators import Chain
from pellucid.data import Split
from pellucid.diagnosis.case import Case
from pellucid.layers import Dense, Tanh
from pellucid.losses import MeanSquaredError, SoftmaxCrossEntropy
from pellucid.optim import Adam


def of_classes(model: Any = None, loss: Any = None, rows: int = 160, **options: Any) -> Case:
    """Two clouds of points in four columns, a quarter held out."""
    generator = np.random.default_rng(0)
    y = generator.integers(0, 2, rows).astype(np.int32)
    x = (generator.normal(size=(rows, 4)) + 2.0 * y[:, None]).astype(np.float32)
    return _case(x, y, model or Chain(Dense(4), Tanh(), Dense(2)), loss or SoftmaxCrossEntropy(), options)


def of_amounts(model: Any = None, loss: Any = None, rows: int = 120, shift: float = 0.0, **options: Any) -> Case:
    """A sum of two columns with a little noise, (N, 1)."""
    generator = np.random.default_rng(1)
    x = generator.normal(size=(rows, 2)).astype(np.float32)
    y = x @ np.array([[1.0], [-0.5]], np.float32) + np.float32(shift)
    return _case(x, y, model or Chain(Dense(1)), loss or MeanSquaredError(), options)


def _case(x: Any, y: Any, model: Any, loss: Any, options: Any) -> Case:
    quarter = len(x) // 4
    options = {"epochs": 10, "optimizer": Adam(0.05), "engine": "numpy", **options}
    return Case(model, loss, Split(x[quarter:], y[quarter:]), Split(x[:quarter], y[:quarter]), options)
