"""Networks on real data: each work of the table in docs/results.md, three seeds, the median.

    python benchmarks/real_data.py                 all of them
    python benchmarks/real_data.py adult housing   some of them

Needs the data sets (PELLUCID_DATA, or the network). The last line is JSON. Nothing is chosen by looking at a test
part: settings were chosen on validation parts, seeds are 0, 1, 2, or 0 alone where a run takes more than ten minutes.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import fully_connected
import other_networks
import series_and_clicks
import texts_and_sounds


@dataclass(frozen=True)
class Work:
    """A function from seed to figure, and the bar for the median: at least it, or at most where less is better."""

    run: Callable[[int], float]
    bar: float
    less_is_better: bool = False
    seeds: tuple[int, ...] = (0, 1, 2)

    def met(self, figure: float) -> bool:
        return figure <= self.bar if self.less_is_better else figure >= self.bar


WORKS = {
    "digits": Work(fully_connected.digits, 0.97),
    "fashion": Work(fully_connected.fashion, 0.89),
    "nielsen": Work(fully_connected.nielsen, 0.950),
    "nielsen-cross-entropy": Work(fully_connected.nielsen_cross_entropy, 0.978),
    "adult": Work(fully_connected.adult, 0.852),
    "housing": Work(fully_connected.housing, 0.79),
    "fashion-conv": Work(other_networks.fashion_conv, 0.925),
    "mnist-conv": Work(other_networks.mnist_conv, 0.992),
    "shakespeare": Work(other_networks.shakespeare, 1.65, less_is_better=True, seeds=(0,)),
    "names": Work(other_networks.names, 2.09, less_is_better=True),
    "autoencoder": Work(other_networks.autoencoder, 0.75, less_is_better=True),
    "sms-spam": Work(texts_and_sounds.sms_spam, 0.98),
    "spoken-digits": Work(texts_and_sounds.spoken_digits, 0.98),
    "etth1": Work(series_and_clicks.etth1, 0.375, less_is_better=True),
    "criteo": Work(series_and_clicks.criteo, 1.0, less_is_better=True),
}


def main(names: list[str]) -> int:
    results = {}
    for name in names or list(WORKS):
        work = WORKS[name]
        figures, seconds = [], []
        print(f"{name}: {work.run.__doc__}")
        for seed in work.seeds:
            begun = time.perf_counter()
            figures.append(work.run(seed))
            seconds.append(time.perf_counter() - begun)
            print(f"    seed {seed}: {figures[-1]:.4f} in {seconds[-1]:.1f} s", flush=True)
        median = statistics.median(figures)
        results[name] = {
            "median": round(median, 4),
            "figures": [round(figure, 4) for figure in figures],
            "bar": work.bar,
            "met": work.met(median),
            "seconds": round(statistics.median(seconds), 1),
        }
        print(f"    median {median:.4f}, bar {work.bar}: {'met' if work.met(median) else 'missed'}")
    print(json.dumps(results))
    return 0 if all(result["met"] for result in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
