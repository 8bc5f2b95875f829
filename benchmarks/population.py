"""64 tiny networks (2-8-8-2, tanh, batches of 10): a population beside PyTorch training one after another.

    python benchmarks/population.py [EPOCHS ROUNDS]

Prints the time of both, interleaved, and the ratio of medians. Both take the very same steps in float32, from the same
first weights in the same order, and are timed once everything is imported and compiled. Ours includes drawing the
first weights, the histories and all that ``train_population`` does.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import cache
from statistics import median
from typing import Any

import numpy as np

from pellucid import Chain, Dense, GradientDescent, SoftmaxCrossEntropy, Tanh, ops, train_population
from pellucid.train.feed.order import order_of_examples

MEMBERS, EXAMPLES, BATCH, RATE, EPOCHS = 64, 1000, 10, 0.1, 5
NETWORK = Chain(Dense(8), Tanh(), Dense(8), Tanh(), Dense(2))


def examples() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    x = np.random.default_rng(0).normal(size=(EXAMPLES, 2)).astype(np.float32)
    return x, (x[:, 0] * x[:, 1] > 0).astype(np.int64)


def ours(epochs: int) -> float:
    """Train all; the mean of their losses in the last epoch."""
    population = train_population(
        NETWORK,
        SoftmaxCrossEntropy(),
        examples(),
        sweep={"seed": range(MEMBERS)},
        optimizer=GradientDescent(RATE),
        epochs=epochs,
        batch_size=BATCH,
    )
    return float(np.mean([member.trained.history.epochs[-1]["train"]["loss"] for member in population]))


def peer(epochs: int) -> float:
    """The same in PyTorch, eager, a network after the other, with the same first weights and order of the data."""
    import torch

    torch.set_num_threads(1)
    x, y = map(torch.from_numpy, examples())
    last = []
    for seed in range(MEMBERS):
        layers = [torch.nn.Linear(*size) for size in ((2, 8), (8, 8), (8, 2))]
        with torch.no_grad():
            for layer, weights in zip(layers, first_weights(seed), strict=True):
                layer.weight.copy_(torch.from_numpy(weights["W"].T))
                layer.bias.copy_(torch.from_numpy(weights["b"]))
        model = torch.nn.Sequential(layers[0], torch.nn.Tanh(), layers[1], torch.nn.Tanh(), layers[2])
        optimizer, loss_of = torch.optim.SGD(model.parameters(), RATE), torch.nn.CrossEntropyLoss()
        for epoch in range(epochs):
            losses = torch.zeros(EXAMPLES // BATCH)
            order = torch.from_numpy(order_of_examples(EXAMPLES, True, seed, epoch))
            for i in range(EXAMPLES // BATCH):
                rows = order[i * BATCH : (i + 1) * BATCH]
                optimizer.zero_grad()
                loss = loss_of(model(x[rows]), y[rows])
                loss.backward()
                optimizer.step()
                losses[i] = loss.detach()
        last.append(float(losses.mean()))
    return float(np.mean(last))


@cache
def first_weights(seed: int) -> list[dict[str, np.ndarray[Any, Any]]]:
    """Those of ``fit``, by layer. Kept, so that drawing them costs the peer nothing."""
    params, _ = NETWORK.init(ops.fold_in(ops.key(seed), 0), examples()[0])
    return [params[name] for name in ("dense_1", "dense_2", "dense_3")]


def timed(train: Callable[[int], float], epochs: int) -> dict[str, float]:
    """The seconds of a training once everything is imported, compiled and drawn, and its last loss."""
    ours(1)
    for seed in range(MEMBERS):
        first_weights(seed)
    begun = time.perf_counter()
    loss = train(epochs)
    return {"seconds": time.perf_counter() - begun, "loss": loss}


def main(epochs: int, rounds: int) -> None:
    times: dict[str, list[float]] = {"ours": [], "peer": []}
    for _ in range(rounds):
        both = {name: timed(train, epochs) for name, train in (("ours", ours), ("peer", peer))}
        for name, found in both.items():
            times[name].append(found["seconds"])
            each = 1e6 * found["seconds"] / (MEMBERS * epochs * EXAMPLES / BATCH)
            print(f"{name}: {found['seconds']:.3f} s, {each:.2f} us a step of a network", flush=True)
        losses = [found["loss"] for found in both.values()]
        assert abs(losses[0] - losses[1]) < 1e-3 * losses[0], f"both should reach the same loss, not {losses}"
    print(f"peer / ours: {median(times['peer']) / median(times['ours']):.0f}")


if __name__ == "__main__":
    if sys.argv[1:] in (["ours"], ["peer"]):
        print(json.dumps(timed({"ours": ours, "peer": peer}[sys.argv[1]], EPOCHS)))
    else:
        main(*map(int, sys.argv[1:] or (EPOCHS, 3)))
