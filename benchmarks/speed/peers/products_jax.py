"""The bare matrix products of a step, by XLA: no activation, no loss, no update. What the machine could reach."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from benchmarks.speed.peers import Peer
from benchmarks.speed.products import operands
from benchmarks.speed.workloads import Workload


class Implementation(Peer):
    computes_loss = False

    def __init__(self, workload: Workload) -> None:
        super().__init__(workload)
        self.operands = [(jnp.asarray(a), jnp.asarray(b)) for a, b in operands(workload)]
        self.multiply = jax.jit(lambda pairs: [jnp.dot(a, b) for a, b in pairs])

    @staticmethod
    def takes(workload: Workload) -> bool:
        return workload.network in ("dense", "cnn")

    def train(self, epochs: int) -> float:
        for _ in range(epochs * self.workload.steps_an_epoch):
            jax.block_until_ready(self.multiply(self.operands))
        return 0.0
