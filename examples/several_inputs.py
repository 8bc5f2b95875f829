"""A network with two inputs and two outputs: an image and a table go in, a class and an amount come out.

The image is a digit; the table says which of two alphabets it is written in, and whether it counts twice. The class is
the digit, the amount its value in money.
"""

from __future__ import annotations

import numpy as np

from pellucid import (
    Chain,
    Dense,
    Fork,
    Identity,
    Join,
    LossSum,
    MeanSquaredError,
    Parallel,
    ReLU,
    SoftmaxCrossEntropy,
    fit,
    load_dataset,
)


def main() -> None:
    digits, rng = load_dataset("digits"), np.random.default_rng(0)
    parts = {}
    for name in ("train", "test"):
        part = getattr(digits, name)
        twice = rng.integers(0, 2, (len(part), 1))
        amount = part.y[:, None] * (1.0 + twice) / 10.0
        x = {"image": part.x, "table": twice.astype(np.float32)}
        parts[name] = (x, {"digit": part.y, "amount": amount.astype(np.float32)})
    model = Chain(
        Parallel(image=Chain(Dense(64), ReLU()), table=Identity()),
        Join(),
        Dense(64),
        ReLU(),
        Fork(digit=Dense(10), amount=Dense(1)),
    )
    loss = LossSum(digit=SoftmaxCrossEntropy(), amount=MeanSquaredError())
    trained = fit(model, loss, parts["train"], epochs=60, batch_size=32, engine="jax")
    x, y = parts["test"]
    said = trained.predict(x)
    print(f"digits right: {np.mean(said['digit'].argmax(axis=1) == y['digit']):.4f}")
    print(f"amounts off by {np.abs(said['amount'] - y['amount']).mean():.3f} on average, of {y['amount'].mean():.2f}")


if __name__ == "__main__":
    main()
