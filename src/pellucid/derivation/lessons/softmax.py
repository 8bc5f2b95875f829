"""A classifier: three scores, made probabilities by softmax, and their cross-entropy."""

from __future__ import annotations

import numpy as np

from pellucid.combinators import Chain
from pellucid.derivation.lessons.example import Example
from pellucid.layers import Dense
from pellucid.losses import SoftmaxCrossEntropy

SOFTMAX = Example(
    name="softmax",
    title="two inputs, three classes, softmax with cross-entropy",
    model=Chain(score=Dense(3)),
    loss=SoftmaxCrossEntropy(),
    x=np.array([[1.0, 2.0]]),
    y=np.array([1]),
    params={"score": {"W": np.array([[0.5, -0.5, 0.1], [0.2, 0.4, -0.3]]), "b": np.array([0.1, 0.0, -0.1])}},
    weight="w22",
    names={
        **{f"score/W[{i}, {k}]": f"w{i + 1}{k + 1}" for i in range(2) for k in range(3)},
        **{f"score/b[{k}]": f"b{k + 1}" for k in range(3)},
        **{f"score[{k}]": f"s{k + 1}" for k in range(3)},
        **{f"target[{k}]": f"t{k + 1}" for k in range(3)},
        "x[0]": "x1",
        "x[1]": "x2",
    },
)
