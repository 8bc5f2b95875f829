"""The classic: two inputs, two hidden units, two outputs, all of them logistic."""

from __future__ import annotations

import numpy as np

from pellucid.combinators import Chain
from pellucid.derivation.lessons.example import Example
from pellucid.layers import Dense, Sigmoid
from pellucid.losses import HalfSquaredError
from pellucid.optim import GradientDescent

TWO_TWO_TWO = Example(
    name="two-two-two",
    title="the classic: two inputs, two hidden units, two outputs",
    model=Chain(hidden=Dense(2), hidden_out=Sigmoid(), output=Dense(2), output_out=Sigmoid()),
    loss=HalfSquaredError(),
    x=np.array([[0.05, 0.10]]),
    y=np.array([[0.01, 0.99]]),
    params={
        "hidden": {"W": np.array([[0.15, 0.25], [0.20, 0.30]]), "b": np.array([0.35, 0.35])},
        "hidden_out": {},
        "output": {"W": np.array([[0.40, 0.50], [0.45, 0.55]]), "b": np.array([0.60, 0.60])},
        "output_out": {},
    },
    weight="w5",
    optimizer=GradientDescent(0.5),
    names={
        "x[0]": "i1",
        "x[1]": "i2",
        "hidden/W[0, 0]": "w1",
        "hidden/W[1, 0]": "w2",
        "hidden/W[0, 1]": "w3",
        "hidden/W[1, 1]": "w4",
        "output/W[0, 0]": "w5",
        "output/W[1, 0]": "w6",
        "output/W[0, 1]": "w7",
        "output/W[1, 1]": "w8",
        "hidden/b[0]": "b1",
        "hidden/b[1]": "b1",
        "output/b[0]": "b2",
        "output/b[1]": "b2",
        "hidden[0]": "net_h1",
        "hidden[1]": "net_h2",
        "hidden_out[0]": "out_h1",
        "hidden_out[1]": "out_h2",
        "output[0]": "net_o1",
        "output[1]": "net_o2",
        "output_out[0]": "out_o1",
        "output_out[1]": "out_o2",
        "target[0]": "target_o1",
        "target[1]": "target_o2",
    },
    fixed=("hidden/b", "output/b"),
    digits=9,
    decimals=9,
)
