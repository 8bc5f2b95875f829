"""Recurrent networks on the three tasks that sequences pose, and drawing from what one has learnt.

Sequence to label: which comes first in a sequence of any length. Sequence to sequence: is there an odd number of ones
up to here. What comes next: characters, from which text is then drawn.
"""

from __future__ import annotations

import numpy as np

from pellucid import (
    GRU,
    LSTM,
    Chain,
    Concat,
    Dense,
    Embedding,
    Recurrent,
    SigmoidCrossEntropy,
    SoftmaxCrossEntropy,
    Vocabulary,
    fit,
    generate,
    split_into_streams,
)

RHYME = (
    "one for sorrow, two for joy, three for a girl, four for a boy, five for silver, six for gold, "
    "seven for a secret never to be told. "
)


def label() -> float:
    """Letters a to d, 3 to 9 of them, padded with 0: is the first the same as the last? Read both ways."""
    rng = np.random.default_rng(0)
    lengths = rng.integers(3, 10, 1200)
    x = rng.integers(1, 5, (1200, 9)) * (np.arange(9) < lengths[:, None])
    y = (x[:, 0] == x[np.arange(1200), lengths - 1]).astype(int)
    ends = [Recurrent(GRU(16), return_sequences=False, reverse=reverse) for reverse in (False, True)]
    model = Chain(Embedding(5, 8, padding=0), Concat(*ends), Dense(16), Dense(2))
    trained = fit(model, SoftmaxCrossEntropy(), (x[:1000], y[:1000]), epochs=40, batch_size=50, engine="jax")
    return trained.evaluate(x[1000:], y[1000:])["accuracy"]


def every_step() -> float:
    """Zeros and ones: has an odd number of ones been there up to now? Learnt on 12 steps, asked on 60."""
    rng = np.random.default_rng(0)
    x = rng.integers(0, 2, (1000, 12, 1)).astype(np.float32)
    model = Chain(Recurrent(LSTM(16)), Dense(1))
    trained = fit(model, SigmoidCrossEntropy(), (x, odd(x)), epochs=80, batch_size=50, seed=1, engine="jax")
    longer = rng.integers(0, 2, (200, 60, 1)).astype(np.float32)
    return trained.evaluate(longer, odd(longer))["accuracy"]


def odd(x: np.ndarray) -> np.ndarray:
    return (x.cumsum(axis=1) % 2).astype(np.float32)


def what_comes_next() -> str:
    """A rhyme, a character at a time: learnt on pieces of 40, and drawn."""
    vocabulary = Vocabulary.of(RHYME)
    x, y = split_into_streams(vocabulary.encode(RHYME * 25), 8, 40)
    model = Chain(Embedding(len(vocabulary), 16), Recurrent(LSTM(64)), Dense(len(vocabulary)))
    trained = fit(model, SoftmaxCrossEntropy(), (x, y), epochs=100, batch_size=8, engine="jax")
    drawn = generate(trained, vocabulary.encode("one "), 120, context=40, temperature=0.5)
    return vocabulary.decode(drawn)


def main() -> None:
    print(f"sequence to label: {label():.3f} right on sequences not seen")
    print(f"sequence to sequence: {every_step():.3f} of steps right, on sequences five times as long as those learnt")
    print(f"what comes next: {what_comes_next()}")


if __name__ == "__main__":
    main()
