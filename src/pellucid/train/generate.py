"""Generating a sequence: the next number is drawn from the network's probabilities, again and again."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid import validate
from pellucid.errors import ConfigError, DataError
from pellucid.layer import shape_of
from pellucid.layers.activations.softmax import softmax
from pellucid.train.engines.eager import Eager
from pellucid.train.trained import Trained
from pellucid.trees import tree_map


def generate(
    trained: Trained, start: Any, steps: int, *, context: int, temperature: float = 1.0, seed: int = 0
) -> np.ndarray:
    """``start`` and ``steps`` numbers after it, each drawn by what the network says of the ones before.

    Args:
        trained: a network that takes numbers (1, T) and gives logits (1, T, K), of which the last step counts, or
            (1, K).
        start: whole numbers (T,). A start shorter than ``context`` is all the network sees at first, so a network for
            a fixed T needs a start as long as T.
        steps: how many numbers to draw.
        context: how many of the last numbers the network sees.
        temperature: divides the logits: below 1 the likely becomes likelier, 0 always takes the likeliest. Default: 1.
        seed: any whole number; the same seed draws the same.

    Returns:
        An int32 array (T + steps,).

    Raises:
        ConfigError: for numbers that cannot be, and for outputs of another shape.
        DataError: for a start that is empty or no whole numbers.
    """
    validate.instance("generate", "trained", trained, Trained)
    validate.positive_int("generate", "steps", steps)
    validate.positive_int("generate", "context", context)
    validate.non_negative("generate", "temperature", temperature)
    validate.whole("generate", "seed", seed)
    numbers = np.asarray(start)
    if numbers.ndim != 1 or not len(numbers):
        raise DataError(f"generate: start must be whole numbers of shape (T,), at least one, not shape {numbers.shape}")
    if numbers.dtype.kind not in "iuf" or not ((numbers == np.floor(numbers)) & (abs(numbers) < 2**31)).all():
        raise DataError(f"generate: start must be whole numbers, as the network takes them, not {start!r}")
    rng, engine = np.random.default_rng(int(seed) % 2**64), Eager()
    result = list(numbers.astype(np.int32))
    for _ in range(steps):
        x = np.array(result[-context:], dtype=np.float32)[None]
        logits = engine.outputs(trained.model, trained.params, trained.state, x)
        if isinstance(logits, (dict, tuple)) or logits.ndim not in (2, 3):
            raise ConfigError(
                f"generate: the network gives outputs of shape {tree_map(shape_of, logits)}, not (1, T, K) or (1, K)"
            )
        last = logits.reshape(-1, logits.shape[-1])[-1].astype(np.float64)
        result.append(_draw(last, temperature, rng))
    return np.array(result, dtype=np.int32)


def _draw(logits: np.ndarray, temperature: float, rng: np.random.Generator) -> int:
    if temperature == 0:
        return int(logits.argmax())
    return int(rng.choice(len(logits), p=softmax(logits / temperature)))
