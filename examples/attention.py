"""A transformer learns to turn a sequence round; its attention, printed, shows how.

Nothing tells it how: step t of the output needs step 9 - t of the input, so a head must learn to look there, by
position alone.
"""

from __future__ import annotations

import numpy as np

from pellucid import (
    Chain,
    Dense,
    Embedding,
    LayerNorm,
    LearnedPositions,
    MultiHeadAttention,
    Residual,
    SoftmaxCrossEntropy,
    fit,
)

STEPS, LETTERS = 10, 6
SHADES = " .:-=+*#%@"


def main() -> None:
    rng = np.random.default_rng(0)
    x = rng.integers(0, LETTERS, (2000, STEPS))
    y = x[:, ::-1]
    model = Chain(
        Embedding(LETTERS, 32),
        LearnedPositions(STEPS),
        Residual(LayerNorm(), MultiHeadAttention(2)),
        LayerNorm(),
        Dense(LETTERS),
    )
    trained = fit(model, SoftmaxCrossEntropy(), (x[:1500], y[:1500]), epochs=40, batch_size=50, engine="jax")
    print(f"{trained.evaluate(x[1500:], y[1500:])['accuracy']:.4f} of steps right on sequences not seen\n")
    _, cache, _ = model.forward(trained.params, trained.state, x[1500:1501])
    weights = cache["residual_1"]["multi_head_attention_1"]["weights"][0]
    for head, picture in enumerate(weights, start=1):
        print(f"head {head}: row t shows where step t looks")
        print("\n".join("  " + "".join(SHADES[int(9.99 * w)] * 2 for w in row) for row in picture))


if __name__ == "__main__":
    main()
