"""What each way against overfitting does, alone: Fashion-MNIST, the network of the convolution bar, five seeds.

    PELLUCID_DATA=folder python benchmarks/regularisation.py [--picture docs/pictures/regularisation.png]

Two convolutions (32, 64) with batch normalisation, ReLU and pooling, 128 dense units, Adam, a cosine
schedule, eight epochs in batches of 64 on the first 6,000 training images: few enough to be learnt by heart. How strong
each way is was fixed beforehand; no test image had a say. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from pellucid import (
    L2,
    Adam,
    BatchNorm,
    Chain,
    Conv2D,
    CosineDecay,
    Dataset,
    Dense,
    Dropout,
    Flatten,
    GaussianNoise,
    He,
    Layer,
    MaxPool2D,
    Penalty,
    RandomCrop,
    RandomFlip,
    ReLU,
    Reshape,
    SoftmaxCrossEntropy,
    WeightNoise,
    fit,
    load_dataset,
)

EXAMPLES, EPOCHS, BATCH = 6_000, 8, 64
SEEDS = range(5)


@dataclass(frozen=True)
class Way:
    """What is put before the network, inside it, and on its weights."""

    before: tuple[Layer, ...] = ()
    dropout: float = 0.0
    penalty: Penalty | None = None
    weight_noise: float = 0.0


FLIPS, CROPS = RandomFlip(), RandomCrop(28, 28, padding=2)
WAYS = {
    "none": Way(),
    "flips": Way((FLIPS,)),
    "crops": Way((CROPS,)),
    "dropout": Way(dropout=0.5),
    "L2": Way(penalty=L2(1e-3)),
    "input noise": Way((GaussianNoise(0.1),)),
    "weight noise": Way(weight_noise=0.02),
    "flips, crops, dropout, L2": Way((FLIPS, CROPS), 0.5, L2(1e-3)),
}
"""Crops are windows of 28 by 28 on the image with two zeros around it: shifts of up to two pixels."""


def network(way: Way) -> Layer:
    def block(filters: int) -> list[Layer]:
        return [Conv2D(filters, 3, padding="same", use_bias=False, weight=He()), BatchNorm(), ReLU(), MaxPool2D(2)]

    dropout = [Dropout(way.dropout)] if way.dropout else []
    body = Chain(
        *(*block(32), *block(64), Flatten(), *dropout),
        *(Dense(128, weight=He()), BatchNorm(), ReLU(), *dropout, Dense(10)),
    )
    inside = WeightNoise(body, deviation=way.weight_noise) if way.weight_noise else body
    return Chain(Reshape((28, 28, 1)), *way.before, inside)


def accuracies(way: Way, seed: int, data: Dataset) -> tuple[float, float]:
    """On the training examples as they are, and on the test part."""
    train = data.train.x[:EXAMPLES], data.train.y[:EXAMPLES]
    rule = Adam(CosineDecay(0.002, EPOCHS * -(-EXAMPLES // BATCH)))
    how = {"epochs": EPOCHS, "batch_size": BATCH, "penalty": way.penalty, "optimizer": rule, "engine": "jax"}
    trained = fit(network(way), SoftmaxCrossEntropy(), train, seed=seed, **how)
    return trained.evaluate(train)["accuracy"], trained.evaluate(data.test)["accuracy"]


def draw(results: dict[str, dict], path: Path) -> None:
    import matplotlib.pyplot as plt

    names = sorted(results, key=lambda name: results[name]["test"])
    figure, axis = plt.subplots(figsize=(7.5, 3.6), constrained_layout=True)
    for part, color, marker in (("train", "#D55E00", "s"), ("test", "#0072B2", "o")):
        for height, name in enumerate(names):
            seeds = results[name][f"{part}_seeds"]
            axis.plot(seeds, [height] * len(seeds), marker, color=color, alpha=0.35, markersize=5)
            axis.plot(
                results[name][part], height, marker, color=color, markersize=9, label=part if not height else None
            )
    axis.set_yticks(range(len(names)), names)
    axis.set_xlabel("accuracy (%): large the mean of five seeds, small each")
    axis.grid(axis="x", alpha=0.3)
    axis.legend(frameon=False, loc="lower right")
    figure.savefig(path, dpi=120)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--picture", type=Path, help="where to draw the table, a PNG")
    picture = parser.parse_args().picture
    data, results = load_dataset("fashion-mnist"), {}
    for name, way in WAYS.items():
        begun = time.perf_counter()
        train, test = zip(*([100 * part for part in accuracies(way, seed, data)] for seed in SEEDS), strict=True)
        results[name] = {"train_seeds": [round(a, 2) for a in train], "test_seeds": [round(a, 2) for a in test]}
        for part, seeds in (("train", train), ("test", test)):
            results[name][part] = round(statistics.mean(seeds), 2)
            results[name][f"{part}_deviation"] = round(statistics.stdev(seeds), 2)
        row, seconds = results[name], (time.perf_counter() - begun) / len(SEEDS)
        spread = f"(deviations {row['train_deviation']}, {row['test_deviation']})"
        print(f"{name}: train {row['train']} %, test {row['test']} % {spread}  [{seconds:.0f} s a run]", flush=True)
    if picture:
        draw(results, picture)
    print(json.dumps(results))


if __name__ == "__main__":
    main()
