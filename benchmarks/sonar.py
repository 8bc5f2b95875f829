"""Sonar, rocks or mines (Gorman and Sejnowski 1988): test accuracy by the number of hidden units, in 13-fold trials.

    PELLUCID_DATA=folder python benchmarks/sonar.py

As there: 60 inputs, sigmoid units, two outputs, squared error, no momentum, 300 epochs, 208 cases in 13 random sets of
16, each the test set once, and all of it ten times with other weights. Rate 2 with batches of 8, fixed beforehand.
Their errors below 0.2 counted as zero; ours do not. The last line is JSON.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from pathlib import Path

import numpy as np

from pellucid import Chain, Dense, GradientDescent, HalfSquaredError, Sigmoid, SmallNormal, fit

PUBLISHED = {0: 77.1, 2: 81.9, 3: 82.0, 6: 83.5, 12: 84.7, 24: 84.5}
FOLDS = 13
TRIALS = 10


def read() -> tuple[np.ndarray, np.ndarray]:
    """The 208 cases (B, 60) and targets (B, 2): (1, 0) for a rock, (0, 1) for a mine."""
    path = Path(os.environ.get("PELLUCID_DATA", "."), "tabular", "sonar.csv")
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").split()]
    x = np.array([row[:-1] for row in rows], dtype=np.float32)
    return x, np.array([[row[-1] == "R", row[-1] == "M"] for row in rows], dtype=np.float32)


def trial(hidden: int, seed: int, x: np.ndarray, y: np.ndarray) -> float:
    """The share of all cases that are told right when they are in the test set."""
    weight = SmallNormal(0.3)
    layers = [Dense(hidden, weight=weight), Sigmoid()] if hidden else []
    model = Chain(*layers, Dense(2, weight=weight), Sigmoid())
    right = 0
    for held in np.split(np.random.default_rng(seed).permutation(len(x)), FOLDS):
        rest = np.setdiff1d(np.arange(len(x)), held)
        trained = fit(
            model,
            HalfSquaredError(),
            (x[rest], y[rest]),
            epochs=300,
            batch_size=8,
            optimizer=GradientDescent(2.0),
            seed=seed,
            engine="jax",
        )
        right += int((trained.predict(x[held]).argmax(axis=1) == y[held].argmax(axis=1)).sum())
    return right / len(x)


def main() -> None:
    x, y = read()
    results = {}
    for hidden, published in PUBLISHED.items():
        begun = time.perf_counter()
        figures = [100 * trial(hidden, seed, x, y) for seed in range(TRIALS)]
        mean, deviation = statistics.mean(figures), statistics.stdev(figures)
        results[hidden] = {"mean": round(mean, 1), "deviation": round(deviation, 1), "published": published}
        seconds = time.perf_counter() - begun
        print(
            f"{hidden:2} hidden: {mean:.1f} % (deviation {deviation:.1f}); theirs {published} %  [{seconds:.0f} s]",
            flush=True,
        )
    print(json.dumps(results))


if __name__ == "__main__":
    main()
