"""Three examples brought to mean 0 and variance 1: what one example gives depends on the others."""

from __future__ import annotations

import numpy as np

from pellucid.combinators import Chain
from pellucid.derivation.lessons.example import Example
from pellucid.layers import BatchNorm, Dense
from pellucid.losses import HalfSquaredError

BATCH_NORM = Example(
    name="batch-norm",
    title="three examples, two units, brought to mean 0, variance 1",
    model=Chain(dense=Dense(2, use_bias=False), norm=BatchNorm()),
    loss=HalfSquaredError(),
    x=np.array([[1.0, 2.0], [3.0, 1.0], [2.0, 4.0]]),
    y=np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]),
    params={
        "dense": {"W": np.array([[0.5, -1.0], [0.25, 0.5]])},
        "norm": {"gamma": np.array([1.0, 0.5]), "beta": np.array([0.0, 0.2])},
    },
    weight="w11",
    names={
        **{f"x[{n}, {i}]": f"x{n + 1}{i + 1}" for n in range(3) for i in range(2)},
        **{f"dense/W[{i}, {k}]": f"w{i + 1}{k + 1}" for i in range(2) for k in range(2)},
        **{f"dense[{n}, {k}]": f"z{n + 1}{k + 1}" for n in range(3) for k in range(2)},
        **{f"norm/{name}[{k}]": f"{name}{k + 1}" for name in ("mean", "variance", "deviation") for k in range(2)},
        **{f"norm/x_hat[{n}, {k}]": f"x_hat{n + 1}{k + 1}" for n in range(3) for k in range(2)},
        **{f"norm[{n}, {k}]": f"y{n + 1}{k + 1}" for n in range(3) for k in range(2)},
        **{f"target[{n}, {k}]": f"t{n + 1}{k + 1}" for n in range(3) for k in range(2)},
        **{f"norm/{name}[{k}]": f"{name}{k + 1}" for name in ("gamma", "beta") for k in range(2)},
    },
    train=True,
)
