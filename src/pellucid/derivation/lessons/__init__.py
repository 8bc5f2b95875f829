"""Networks small enough to work by hand, each with the names that a textbook gives its numbers."""

from __future__ import annotations

from pellucid.derivation.lessons import autoencoder, batch_norm, convolution, recurrent, softmax, two_two_two
from pellucid.derivation.lessons.example import Example

EXAMPLES: dict[str, Example] = {
    example.name: example
    for example in (
        two_two_two.TWO_TWO_TWO,
        softmax.SOFTMAX,
        convolution.CONVOLUTION,
        recurrent.RNN,
        recurrent.LSTM_STEP,
        autoencoder.AUTOENCODER,
        batch_norm.BATCH_NORM,
    )
}
"""The examples by name, in the order in which to learn from them."""

__all__ = ["EXAMPLES", "Example"]
