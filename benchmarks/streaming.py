"""Data read as it is used beside the same data in memory: time, and memory at its peak. ::

python benchmarks/streaming.py [--rounds 2] [--epochs 2] [--rows 200000]

A data set larger than 512 MB is generated into a temporary folder; then processes of their own train the same network
on it for as many steps, in turn: one streamed, one that has loaded it whole. Time is that of ``fit``, which for the
streamed one includes all its reading, and of loading, without starting Python.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

COLUMNS = 784
WAYS = ("streamed", "in memory")


def generate(folder: Path, rows: int) -> int:
    """Ten noisy patterns in ``x.npy`` and which one it is in ``y.npy``; gives their size in bytes."""
    rng = np.random.default_rng(0)
    patterns = rng.normal(size=(10, COLUMNS)).astype(np.float32)
    y = rng.integers(0, 10, rows)
    np.save(folder / "y.npy", y)
    x = np.lib.format.open_memmap(folder / "x.npy", mode="w+", dtype=np.float32, shape=(rows, COLUMNS))
    for start in range(0, rows, 10_000):
        part = y[start : start + 10_000]
        x[start : start + 10_000] = patterns[part] + 4 * rng.standard_normal((len(part), COLUMNS), np.float32)
    x.flush()
    return sum(path.stat().st_size for path in folder.iterdir())


def train(folder: Path, way: str, epochs: int) -> dict[str, float]:
    """Train once: seconds, the peak in MB, and the loss of the last epoch."""
    from pellucid import Adam, Chain, Dense, MappedArrays, ReLU, SoftmaxCrossEntropy, fit

    begun = time.perf_counter()
    files = folder / "x.npy", folder / "y.npy"
    data = MappedArrays(*files) if way == "streamed" else tuple(np.load(file) for file in files)
    model = Chain(Dense(256), ReLU(), Dense(128), ReLU(), Dense(10))
    trained = fit(
        model, SoftmaxCrossEntropy(), data, optimizer=Adam(), epochs=epochs, batch_size=128, engine="jax", seed=0
    )
    return {
        "seconds": time.perf_counter() - begun,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "loss": trained.history.column("train", "loss")[-1],
    }


def in_a_process_of_its_own(folder: Path, way: str, epochs: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--epochs", str(epochs), "--only", way, "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def compare(rows: int, epochs: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        size = generate(Path(folder), rows)
        print(f"{rows:,} rows of {COLUMNS} numbers: {size / 2**20:.0f} MB; {epochs} epochs, {rounds} rounds")
        results: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
        for _ in range(rounds):
            for way in WAYS:
                result = in_a_process_of_its_own(Path(folder), way, epochs)
                results[way].append(result)
                print(
                    f"  {way:10} {result['seconds']:7.1f} s  peak {result['peak']:5.0f} MB  loss {result['loss']:.4f}"
                )
    ratios = [one["seconds"] / two["seconds"] for one, two in zip(*results.values(), strict=True)]
    print(
        f"streamed / in memory: {statistics.median(ratios):.2f} of the time ({min(ratios):.2f} to {max(ratios):.2f}); "
        f"peak {max(one['peak'] for one in results['streamed']):.0f} MB (bars: 1.3; 1000 MB)"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        print(json.dumps(train(given.folder, given.only, given.epochs)))
    else:
        compare(given.rows, given.epochs, given.rounds)
