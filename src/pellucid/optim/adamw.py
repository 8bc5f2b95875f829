"""Adam with decoupled weight decay."""

from __future__ import annotations

from pellucid import validate
from pellucid.optim.adam import Adam


class AdamW(Adam):
    """``w <- w - learning_rate (m_hat / (sqrt(v_hat) + epsilon) + weight_decay w)``: Adam, and weights shrink.

    Every weight, biases too, loses the part ``learning_rate * weight_decay`` of itself a step. An L2 penalty would
    pass through Adam's division, so that weights with large gradients would hardly shrink; here all shrink alike.
    ``m``, ``v``, ``beta1``, ``beta2`` and ``epsilon`` are Adam's.
    Source: Loshchilov and Hutter 2019, "Decoupled weight decay regularization", algorithm 2, where the learning rate
    is split in two; the default decay of 0.01 is the usual one.
    """

    formula = (
        "m = beta1 * m + (1 - beta1) * g",
        "v = beta2 * v + (1 - beta2) * g * g",
        "m_hat = m / (1 - beta1 ** t)",
        "v_hat = v / (1 - beta2 ** t)",
        "w = w - learning_rate * (m_hat / (sqrt(v_hat) + epsilon) + weight_decay * w)",
    )

    weight_decay: float = 0.01

    def __post_init__(self) -> None:
        super().__post_init__()
        validate.non_negative(self, "weight_decay", self.weight_decay)
