"""What watching costs: a run in a folder with probes and examinations as they are by default, and one without.

    python -m benchmarks.probes [--rounds 7] [tiny mlp cnn lstm]

Both take turns; the figure is the ratio of their medians, of the processor's time, so that other programs do not count.
The networks are those of ``benchmarks.speed``.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import pellucid as pl
from benchmarks.speed.peers.pellucid import network
from benchmarks.speed.workloads import WORKLOADS

EPOCHS = {"tiny": 1600, "mlp": 12, "cnn": 8, "lstm": 16}
"""So many that a run takes some seconds."""


def seconds(name: str, engine: str, watch_every: str | int, epochs: int) -> tuple[float, int, int]:
    """The processor's time of a run, how many steps it watched, and how often it was examined."""
    workload = WORKLOADS[name]
    loss = pl.MeanSquaredError() if workload.loss == "squared" else pl.SoftmaxCrossEntropy()
    rule = pl.Adam(workload.rate) if workload.rule == "adam" else pl.GradientDescent(workload.rate)
    data = workload.data()
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder, "run")
        begun = time.process_time()
        trained = pl.fit(
            network(workload),
            loss,
            data,
            optimizer=rule,
            epochs=epochs,
            batch_size=workload.batch,
            engine=engine,
            run=run,
            watch_every=watch_every,
        )
        taken = time.process_time() - begun
        found = run / "histograms.jsonl"
        examinations = len(found.read_text().splitlines()) if found.exists() else 0
    return taken, len(trained.history.layers.get("step", ())), examinations


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--engine", default="jax")
    parser.add_argument("names", nargs="*", default=list(EPOCHS))
    asked = parser.parse_args()
    for name in asked.names:
        epochs = EPOCHS[name] if asked.engine == "jax" else max(EPOCHS[name] // 8, 2)
        for watch_every in (0, "auto"):
            seconds(name, asked.engine, watch_every, epochs)  # compiles
        times: dict[str | int, list[float]] = {0: [], "auto": []}
        seen = [0, 0]
        for i in range(asked.rounds):
            for watch_every in (0, "auto") if i % 2 else ("auto", 0):
                taken, *counts = seconds(name, asked.engine, watch_every, epochs)
                times[watch_every].append(taken)
                seen = counts if watch_every else seen
        off, on = (statistics.median(times[watch_every]) for watch_every in (0, "auto"))
        print(
            f"{name:5} on {asked.engine:5}  off {off:6.2f} s  on {on:6.2f} s  ratio {on / off:.3f}  "
            f"({seen[0]} steps watched, {seen[1]} examinations)",
            flush=True,
        )


if __name__ == "__main__":
    main()
