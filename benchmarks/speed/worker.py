"""One implementation in a process of its own, asked in turn over pipes: a line of JSON each way.

A question is ``[method, arguments]`` of ``Worker``, the answer what it returns, or ``{"error": ...}``.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
import traceback
from typing import Any

from benchmarks.speed.fashion import FASHION
from benchmarks.speed.peers import peer_named
from benchmarks.speed.workloads import WORKLOADS


class Worker:
    """What a process can be asked."""

    def __init__(self, name: str) -> None:
        begun = time.perf_counter()
        self.kind = peer_named(name)
        self.imported = time.perf_counter() - begun
        self.imported_mb = peak_mb()

    def load(self, name: str, quick: bool) -> dict[str, Any]:
        """Build the workload, and train for an epoch: all compiling is done then. Its loss is what is compared."""
        workload = WORKLOADS[name].quick() if quick else WORKLOADS[name]
        if not self.kind.takes(workload):
            return {"takes": False}
        epochs = workload.epochs if quick else 1
        begun = time.perf_counter()
        self.peer = self.kind(workload)
        self.peer.prepare(epochs)
        loss = self.peer.train(epochs)
        return {
            "takes": True,
            "loss": loss if self.kind.computes_loss else None,
            "first_seconds": time.perf_counter() - begun,
            "import_seconds": self.imported,
        }

    def train(self, epochs: int) -> float:
        """How many seconds so many epochs take, from the first weights on."""
        self.peer.prepare(epochs)
        begun = time.perf_counter()
        self.peer.train(epochs)
        return time.perf_counter() - begun

    def predict(self, rows: int, times: int) -> dict[str, float]:
        """Seconds to say something of ``rows`` examples, the first call left out, and the mean class that is named."""
        x = self.peer.workload.inputs(rows, seed=3)
        said = self.peer.outputs(x)
        begun = time.perf_counter()
        for _ in range(times):
            self.peer.outputs(x)
        return {"seconds": (time.perf_counter() - begun) / times, "classes": float(said.argmax(axis=1).mean())}

    def fashion(self) -> dict[str, float] | None:
        """Seconds and validation accuracy of an epoch, from importing over files to figures; None where the peer has no
        such net.
        """
        if not self.kind.takes(FASHION):
            return None
        begun = time.perf_counter()
        accuracy = self.kind.fashion(FASHION)
        return {"seconds": self.imported + time.perf_counter() - begun, "accuracy": accuracy}

    def memory(self) -> dict[str, float]:
        """The process's largest size so far, and how much of it importing took, in megabytes."""
        return {"peak_mb": peak_mb(), "imported_mb": self.imported_mb}


def peak_mb() -> float:
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (2**20 if sys.platform == "darwin" else 2**10)


def keep_to(threads: int) -> None:
    """As many cores as threads, for what makes a thread for each core it sees."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])


def main(name: str, threads: int) -> None:
    keep_to(threads)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print goes elsewhere
    worker = None
    for line in sys.stdin:
        method, arguments = json.loads(line)
        try:
            worker = worker or Worker(name)
            answer = getattr(worker, method)(*arguments)
        except Exception:
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
