"""Derivations that many tests read: made once."""

from __future__ import annotations

import numpy as np
import pytest

from derivation.networks import classic, wide
from pellucid import (
    LSTM,
    Adam,
    Chain,
    Dense,
    HalfSquaredError,
    Recurrent,
)
from pellucid.derivation import explain


@pytest.fixture(scope="session")
def w1():
    return classic("w1")


@pytest.fixture(scope="session")
def large():
    return wide(Adam())


@pytest.fixture(scope="session")
def unrolled():
    x = np.random.default_rng(0).standard_normal((1, 200, 2))
    model = Chain(lstm=Recurrent(LSTM(3), return_sequences=False), out=Dense(1))
    return explain(model, HalfSquaredError(), x, np.array([[0.5]]), "lstm/W[0, 0]", automatic=False)
