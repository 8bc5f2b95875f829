"""Alpha dropout: numbers set to the lowest output of SELU, at random in training."""

from __future__ import annotations

import math

from pellucid.layers.activations.selu import ALPHA, SCALE
from pellucid.layers.noise.dropout import Dropout
from pellucid.types import Array, Cache, Key, Params, State

LOWEST = -SCALE * ALPHA
"""What SELU gives for pre-activations far below 0: -1.7581."""


class AlphaDropout(Dropout):
    """``y = a (x kept + lowest (1 - kept)) + b`` in training: for networks of SELU, whose mean and variance it keeps.

    Each number alone is ``kept`` with probability ``q = 1 - rate`` (1, else 0). Others are set to the ``lowest`` output
    of SELU, -1.7581, where a silent unit is, not to 0. For x of mean 0 and variance 1, y has them again with
    ``a = 1 / sqrt(q (1 + (1 - q) lowest^2))`` and ``b = -a (1 - q) lowest``. In use ``y = x``.
    Backward: ``dx = dy mask``, where the cache's ``mask`` is ``a kept``, in use 1; it is drawn as that of ``Dropout``.
    Shapes: any, x and y alike. Hyper-parameter: ``rate``, from 0 up to, not including, 1. Raises ConfigError for
    another rate, and in training without a key. Source: Klambauer, Unterthiner, Mayr and Hochreiter 2017,
    "Self-normalizing neural networks", section "New dropout technique".
    """

    def forward(
        self, params: Params, state: State, x: Array, key: Key | None = None, train: bool = False
    ) -> tuple[Array, Cache, State]:
        if not train:
            return super().forward(params, state, x)
        a = 1.0 / math.sqrt((1.0 - self.rate) * (1.0 + self.rate * LOWEST**2))
        b = -a * self.rate * LOWEST
        kept = self.kept(x, key)
        mask = a * kept
        return x * mask + (a * LOWEST * (1.0 - kept) + b), {"mask": mask}, state
