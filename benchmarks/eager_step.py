"""How long a step takes the eager engine: a 2-4-2-1 network, 10 examples a step, through ``fit``.

    python -m benchmarks.eager_step [--rounds 12]

It uses public names alone, so that the same file times an older version of pellucid too.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

import pellucid as pl

EXAMPLES, BATCH = 5000, 10
LOSSES = {"half squared error": pl.HalfSquaredError(), "sigmoid cross-entropy": pl.SigmoidCrossEntropy()}
RULES = {"gradient descent": pl.GradientDescent(0.1), "Adam": pl.Adam(0.01)}


def microseconds(loss: pl.Loss, rule: pl.Optimizer, dtype: str, rounds: int) -> float:
    """What a step takes of the processor's time: the least of some rounds, so that other programs do not count."""
    model = pl.Chain(pl.Dense(4), pl.Tanh(), pl.Dense(2), pl.Tanh(), pl.Dense(1))
    x = np.random.default_rng(0).normal(size=(EXAMPLES, 2)).astype(dtype)
    y = (x[:, :1] * x[:, 1:] > 0).astype(dtype)

    def seconds(epochs: int) -> float:
        begun = time.thread_time()
        pl.fit(model, loss, (x, y), optimizer=rule, epochs=epochs, batch_size=BATCH, engine="numpy")
        return time.thread_time() - begun

    one, three = (min(seconds(epochs) for _ in range(rounds)) for epochs in (1, 3))
    return 1e6 * (three - one) / 2 * BATCH / EXAMPLES


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=12)
    rounds = parser.parse_args().rounds
    for loss_name, loss in LOSSES.items():
        for rule_name, rule in RULES.items():
            for dtype in ("float32", "float64"):
                taken = microseconds(loss, rule, dtype, rounds)
                print(f"{loss_name:22}  {rule_name:16}  {dtype}  {taken:6.1f} us a step", flush=True)


if __name__ == "__main__":
    main()
