"""The implementations that are compared, a file each."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, ClassVar

import numpy as np

from benchmarks.speed.fashion import Fashion
from benchmarks.speed.workloads import Array, Workload

PEERS = {
    "pellucid": "pellucid",
    "jax_by_hand": "optax",
    "torch_eager": "torch",
    "torch_compile": "torch",
    "torch_channels_last": "torch",
    "torch_channels_last_compile": "torch",
    "keras_jax": "keras",
    "sklearn_mlp": "sklearn",
    "products_jax": "jax",
    "products_numpy": "numpy",
}
"""Every implementation, in a module of that name, and the package it needs."""


class Peer:
    """One implementation of a workload, from its first weights on, whatever was trained before."""

    computes_loss: ClassVar[bool] = True

    def __init__(self, workload: Workload) -> None:
        self.workload = workload

    @staticmethod
    def takes(workload: Workload) -> bool:
        """Whether the implementation has this network, loss and rule."""
        return True

    @classmethod
    def fashion(cls, workload: Fashion) -> float:
        """Accuracy on the validation part after an epoch. Timed."""
        peer = cls(workload)
        peer.prepare(1)
        peer.train(1)
        x, y = workload.validation()
        return float((peer.outputs(x).argmax(axis=1) == y).mean())

    def prepare(self, epochs: int) -> None:
        """Go back to the first weights, and lay out the data of so many epochs. Not timed."""

    def train(self, epochs: int) -> float:
        """Train after ``prepare``; the mean of the losses of all steps. Timed."""
        raise NotImplementedError

    def outputs(self, x: Array) -> Array:
        """The network's raw outputs, with the weights as they are."""
        raise NotImplementedError


def in_parts(outputs: Callable[[Array], Any], x: Array, rows: int = 1000) -> Array:
    """The outputs of so many rows at a time: what lies between layers stays in cache."""
    return np.concatenate([outputs(x[i : i + rows]) for i in range(0, len(x), rows)])


def is_installed(name: str) -> bool:
    """Whether the package that the peer of that name needs is there."""
    return find_spec(PEERS[name]) is not None


def peer_named(name: str) -> type[Peer]:
    """The implementation of that name."""
    kind: type[Peer] = import_module(f"benchmarks.speed.peers.{name}").Implementation
    return kind
