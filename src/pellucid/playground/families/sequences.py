"""Tasks on sequences of signs: what is to be said at every time step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from pellucid import ops
from pellucid.playground.families.settings import TIME_STEPS
from pellucid.playground.keys import data_key

ECHO = 3
"""Time steps by which "echo" is late."""


def first_sign(x: np.ndarray) -> np.ndarray:
    """The first sign, at every step: (N, T) of -1 and 1 to (N, T) of 0 and 1."""
    return np.broadcast_to(x[:, :1] > 0, x.shape)


def echo(x: np.ndarray) -> np.ndarray:
    """What came ECHO steps before; at first minus."""
    return np.concatenate([np.zeros((len(x), ECHO), bool), x[:, :-ECHO] > 0], axis=1)


def parity(x: np.ndarray) -> np.ndarray:
    """Whether the number of pluses so far is odd."""
    return np.asarray((x > 0).cumsum(axis=1) % 2 == 1)


def open_bracket(x: np.ndarray) -> np.ndarray:
    """Whether a bracket is open: plus opens one, minus closes one if there is one."""
    depth, found = np.zeros(len(x)), []
    for signs in x.T:
        depth = np.maximum(depth + signs, 0)
        found.append(depth > 0)
    return np.stack(found, axis=1)


TASKS: Mapping[str, Callable[[np.ndarray], np.ndarray]] = {
    "first": first_sign,
    "echo": echo,
    "parity": parity,
    "brackets": open_bracket,
}


def draw_signs(count: int, seed: int) -> np.ndarray:
    """So many different sequences (count, TIME_STEPS) of -1 and 1, in the order of chance."""
    words = np.argsort(ops.bits(data_key(seed), (2**TIME_STEPS,)), kind="stable")[:count]
    return np.where(words[:, None] >> np.arange(TIME_STEPS) & 1, 1.0, -1.0)
