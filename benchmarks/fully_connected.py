"""Fully connected networks on tables and images."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from common import hidden, report

from pellucid import (
    L2,
    AdamW,
    Chain,
    CosineDecay,
    Dense,
    EarlyStopping,
    FanIn,
    GradientDescent,
    HalfSquaredError,
    MeanSquaredError,
    Sigmoid,
    SigmoidCrossEntropy,
    SmallNormal,
    SoftmaxCrossEntropy,
    dataset_from_table,
    fit,
    load_dataset,
    read_table,
)


def digits(seed: int) -> float:
    """``pellucid train`` as it stands: test accuracy."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pellucid", "train", "--json", "--seed", str(seed)]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)["test"]["accuracy"])


def fashion(seed: int) -> float:
    """Fashion-MNIST, 256-128-100 fully connected: test accuracy."""
    data, epochs, batch = load_dataset("fashion-mnist"), 40, 128
    steps = epochs * -(-len(data.train) // batch)
    model = Chain(*hidden(256, 128, 100), Dense(10))
    trained = fit(
        model,
        SoftmaxCrossEntropy(label_smoothing=0.1),
        data.train,
        validation=data.validation,
        optimizer=AdamW(CosineDecay(0.001, steps), weight_decay=0.05),
        epochs=epochs,
        batch_size=batch,
        seed=seed,
    )
    return report(trained, data)


def nielsen(seed: int) -> float:
    """MNIST, 784-30-10 sigmoid, quadratic cost, his settings (network.py of chapter 1): test accuracy."""
    data, normal = load_dataset("mnist"), SmallNormal(1.0)
    units = [Dense(n, weight=normal, bias=normal) for n in (30, 10)]
    model = Chain(units[0], Sigmoid(), units[1], Sigmoid())
    one_hot = np.eye(10, dtype=np.float32)
    x, y = data.train
    trained = fit(
        model, HalfSquaredError(), (x, one_hot[y]), optimizer=GradientDescent(3.0), batch_size=10, epochs=30, seed=seed
    )
    return trained.evaluate(data.test.x, one_hot[data.test.y])["accuracy"]


def nielsen_cross_entropy(seed: int) -> float:
    """MNIST, 784-100-10 sigmoid, cross-entropy, L2 with his lambda 5 over 50,000 examples: validation accuracy."""
    data = load_dataset("mnist")
    units = [Dense(n, weight=FanIn(), bias=SmallNormal(1.0)) for n in (100, 10)]
    model = Chain(units[0], Sigmoid(), units[1])  # the last sigmoid is in the loss
    one_hot = np.eye(10, dtype=np.float32)
    x, y = data.train
    trained = fit(
        model,
        SigmoidCrossEntropy(),
        (x, one_hot[y]),
        optimizer=GradientDescent(0.1),
        penalty=L2(5.0 / len(x)),
        batch_size=10,
        epochs=60,
        seed=seed,
    )
    print(f"    test {trained.evaluate(data.test.x, one_hot[data.test.y])['accuracy']:.4f}")
    return trained.evaluate(data.validation.x, one_hot[data.validation.y])["accuracy"]


def adult(seed: int) -> float:
    """Adult census, official split: test accuracy."""
    folder = Path(os.environ["PELLUCID_DATA"]) / "adult"
    table, test = (read_table(folder / f"adult-{part}.csv", header=False) for part in ("train", "test"))
    data = dataset_from_table(table, test=test, seed=seed)
    trained = fit(
        Chain(*hidden(64, 32), Dense(2)),
        SoftmaxCrossEntropy(),
        data,
        optimizer=AdamW(0.001, weight_decay=0.05),
        epochs=60,
        batch_size=128,
        early_stopping=EarlyStopping(8),
        seed=seed,
    )
    return report(trained, data)


def housing(seed: int) -> float:
    """California housing, 80/20 (a tenth of the 80 for validation): test R^2."""
    table = read_table(Path(os.environ["PELLUCID_DATA"]) / "california-housing" / "housing.csv", "median_house_value")
    data = dataset_from_table(table, seed=seed, fractions=(0.72, 0.08, 0.2))
    epochs, batch = 150, 128
    steps = epochs * -(-len(data.train) // batch)
    trained = fit(
        Chain(*hidden(128, 64), Dense(1)),
        MeanSquaredError(),
        data,
        optimizer=AdamW(CosineDecay(0.003, steps), weight_decay=0.01),
        epochs=epochs,
        batch_size=batch,
        early_stopping=EarlyStopping(patience=40),
        seed=seed,
    )
    return report(trained, data)
