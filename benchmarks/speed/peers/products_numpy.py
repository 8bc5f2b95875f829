"""The bare matrix products of a step, by the BLAS that NumPy comes with."""

from __future__ import annotations

import numpy as np

from benchmarks.speed.peers import Peer
from benchmarks.speed.products import operands
from benchmarks.speed.workloads import Workload


class Implementation(Peer):
    computes_loss = False

    def __init__(self, workload: Workload) -> None:
        super().__init__(workload)
        self.operands = operands(workload)
        self.results = [np.empty((a.shape[0], b.shape[1]), np.float32) for a, b in self.operands]

    @staticmethod
    def takes(workload: Workload) -> bool:
        return workload.network in ("dense", "cnn")

    def train(self, epochs: int) -> float:
        for _ in range(epochs * self.workload.steps_an_epoch):
            for (a, b), result in zip(self.operands, self.results, strict=True):
                np.matmul(a, b, out=result)
        return 0.0
