"""Digits written by hand, 8 x 8 pixels from 0 to 1: four of five train, the fifth tests."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from pellucid.data.catalog import scikit_learn
from pellucid.playground.families.settings import EXAMPLES

CLASSES = 10


class Digits(NamedTuple):
    """x (N, 8, 8) and labels (N,) of training and test, and the numbers (EXAMPLES,) of test digits to look at."""

    x: np.ndarray
    labels: np.ndarray
    test_x: np.ndarray
    test_labels: np.ndarray
    shown: np.ndarray


@cache
def load_digits() -> Digits:
    """The digits that come with scikit-learn; the examples go through the classes in turn."""
    raw = scikit_learn.digits()
    x, labels = raw.x.reshape(-1, 8, 8) / 16.0, np.asarray(raw.y, np.int32)
    test = np.arange(len(x)) % 5 == 4
    of_class = [np.flatnonzero(labels[test] == c)[: EXAMPLES // CLASSES] for c in range(CLASSES)]
    return Digits(x[~test], labels[~test], x[test], labels[test], np.stack(of_class, axis=1).ravel())
