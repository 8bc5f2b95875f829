"""How time and memory of a training step grow with the work, and the slope beside the one to be expected.

    python benchmarks/scaling.py [--picture docs/pictures/scaling.png]

Time is that of a step within an epoch of the compiled engine, the median of several; memory is what XLA sets aside for
one compiled step: weights, batch and everything in between. Slopes are of log time and log memory by log size, through
the upper half of the sizes, where constant costs no longer count. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from pellucid import (
    GRU,
    Chain,
    Conv2D,
    Dense,
    Flatten,
    GradientDescent,
    Layer,
    MaxPool2D,
    Recurrent,
    ReLU,
    SoftmaxCrossEntropy,
    Tanh,
    fit,
    ops,
    train_population,
    trees,
)
from pellucid.train.batch import Batch, StepInputs, Weights
from pellucid.train.recipe import Recipe
from pellucid.train.step import step

LOSS = SoftmaxCrossEntropy()
CLASSES = 10
ROUNDS = 5
EXAMPLES_AT_LEAST = 1024


@dataclass(frozen=True)
class Growth:
    """One axis along which the work grows: a network and a batch for each size, and the slope of time to expect."""

    sizes: Sequence[int]
    make: Callable[[int], tuple[Layer, tuple[int, ...]]] | None
    expected: float
    why: str
    unit: str = "ms a step"
    measured: Callable[[int], tuple[float, int]] | None = None

    def measure(self, size: int) -> tuple[float, int]:
        """Seconds and bytes at that size."""
        if self.make is None:
            return self.measured(size)
        return measure(*self.make(size))


def mlp(width: int, depth: int) -> Layer:
    return Chain(*(layer for _ in range(depth) for layer in (Dense(width), ReLU())), Dense(CLASSES))


def convolutions(filters: int) -> Layer:
    block = (Conv2D(filters, 3, padding="same"), ReLU(), MaxPool2D(2))
    return Chain(*block, *block, Flatten(), Dense(CLASSES))


def recurrent() -> Layer:
    return Chain(Recurrent(GRU(64), return_sequences=False), Dense(CLASSES))


def of_samples(samples: int) -> tuple[float, int]:
    """Seconds an epoch over so many examples, and the bytes of the data and a step."""
    x, y = examples((samples, 64))
    how = {"batch_size": 64, "optimizer": GradientDescent(0.01), "engine": "jax"}
    history = fit(mlp(128, 2), LOSS, (x, y), epochs=ROUNDS + 1, **how).history
    seconds = statistics.median(epoch["seconds"] for epoch in history.epochs[1:])
    return seconds, x.nbytes + y.nbytes + memory(mlp(128, 2), x[:64], y[:64])


def of_members(members: int) -> tuple[float, int]:
    """Seconds an epoch of so many tiny networks side by side, and the bytes of their weights and gradients."""
    x, y = examples((1000, 2), classes=2)
    model = Chain(Dense(8), Tanh(), Dense(8), Tanh(), Dense(2))
    sweep, how = {"seed": range(members)}, {"batch_size": 10, "optimizer": GradientDescent(0.1)}
    population = train_population(model, LOSS, (x, y), sweep=sweep, epochs=ROUNDS + 1, **how)
    seconds = statistics.median(epoch["seconds"] for epoch in population[0].trained.history.epochs[1:])
    return seconds, members * 2 * sum(leaf.nbytes for leaf in trees.leaves(population[0].trained.params))


GROWTHS = {
    "width": Growth((64, 128, 256, 512, 1024), lambda n: (mlp(n, 3), (128, 256)), 2, "products of n by n"),
    "depth": Growth((2, 4, 8, 16, 32), lambda n: (mlp(256, n), (128, 256)), 1, "n equal layers"),
    "batch": Growth((32, 64, 128, 256, 512), lambda n: (mlp(512, 3), (n, 256)), 1, "n rows through the same layers"),
    "sequence": Growth((16, 32, 64, 128, 256), lambda n: (recurrent(), (32, n, 32)), 1, "n equal steps"),
    "samples": Growth((2048, 4096, 8192, 16384), None, 1, "n / 64 equal steps", "ms an epoch", of_samples),
    "members": Growth((32, 64, 128, 256), None, 1, "n / 32 equal chunks", "ms an epoch", of_members),
    "filters": Growth((8, 16, 32, 64), lambda n: (convolutions(n), (32, 28, 28, 1)), 2, "n filters on n channels"),
}


def examples(shape: tuple[int, ...], classes: int = CLASSES) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    return rng.normal(size=shape).astype(np.float32), rng.integers(0, classes, shape[0]).astype(np.int32)


def measure(model: Layer, shape: tuple[int, ...]) -> tuple[float, int]:
    """Seconds a step, and bytes."""
    steps = max(EXAMPLES_AT_LEAST // shape[0], 4)
    x, y = examples((steps * shape[0], *shape[1:]))
    how = {"batch_size": shape[0], "optimizer": GradientDescent(0.01), "engine": "jax"}
    history = fit(model, LOSS, (x, y), epochs=ROUNDS + 1, **how).history  # the first epoch compiles
    seconds = statistics.median(epoch["seconds"] for epoch in history.epochs[1:])
    return seconds / steps, memory(model, x[: shape[0]], y[: shape[0]])


def memory(model: Layer, x: np.ndarray, y: np.ndarray) -> int:
    params, state = model.init(ops.key(0), x)
    recipe = Recipe(model, LOSS, GradientDescent(0.01))
    numbers = recipe.numbers(params)

    def one(weights: Weights, batch: Batch) -> Weights:
        return step(recipe, numbers, weights, batch, StepInputs(1, 0.01))[0]

    lowered = jax.jit(one, donate_argnums=0).lower(Weights(params, state, {}), Batch(jnp.asarray(x), jnp.asarray(y)))
    needs = lowered.compile().memory_analysis()
    return needs.argument_size_in_bytes + needs.temp_size_in_bytes


def slope(sizes: Sequence[int], values: Sequence[float]) -> float:
    half = len(sizes) // 2
    return float(np.polyfit(np.log(sizes[half:]), np.log(values[half:]), 1)[0])


def draw(results: dict[str, dict], path: Path) -> None:
    import matplotlib.pyplot as plt

    columns = -(-len(results) // 2)
    figure, axes = plt.subplots(2, columns, figsize=(3.1 * columns, 6.4), constrained_layout=True)
    for axis in axes.flat[len(results) :]:
        axis.remove()
    for axis, (name, result) in zip(axes.flat, results.items(), strict=False):
        sizes, times = np.array(result["sizes"]), np.array(result["milliseconds"])
        axis.loglog(sizes, times, "o-", color="#0072B2", label=result["unit"])
        axis.loglog(sizes, result["megabytes"], "s--", color="#D55E00", label="MB")
        straight = times[-1] * (sizes / sizes[-1]) ** result["expected"]
        axis.loglog(sizes, straight, ":", color="0.4", label=f"slope {result['expected']:g}")
        axis.set_title(f"{name}: time slope {result['time_slope']:.2f}", fontsize=10)
        axis.set_xticks(sizes, [str(n) for n in sizes])
        axis.minorticks_off()
        axis.legend(fontsize=7, frameon=False)
    figure.savefig(path, dpi=110)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--picture", type=Path, help="where to draw the curves, a PNG")
    picture = parser.parse_args().picture
    results = {}
    for name, growth in GROWTHS.items():
        measured = [growth.measure(size) for size in growth.sizes]
        times, needs = zip(*measured, strict=True)
        results[name] = {
            "sizes": list(growth.sizes),
            "milliseconds": [round(1000 * t, 3) for t in times],
            "megabytes": [round(n / 2**20, 2) for n in needs],
            "time_slope": round(slope(growth.sizes, times), 2),
            "memory_slope": round(slope(growth.sizes, needs), 2),
            "expected": growth.expected,
            "unit": growth.unit,
        }
        row = results[name]
        print(f"{name}: time slope {row['time_slope']}, memory {row['memory_slope']}; {growth.expected}: {growth.why}")
        print(f"    sizes {row['sizes']}  ms {row['milliseconds']}  MB {row['megabytes']}", flush=True)
    if picture:
        draw(results, picture)
    print(json.dumps(results))


if __name__ == "__main__":
    main()
