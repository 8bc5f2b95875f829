"""A window of four weights slid over nine pixels: every weight is used four times."""

from __future__ import annotations

import numpy as np

from pellucid.combinators import Chain
from pellucid.derivation.lessons.example import Example
from pellucid.layers import Conv2D, Dense, Flatten, ReLU
from pellucid.losses import HalfSquaredError

CONVOLUTION = Example(
    name="convolution",
    title="a 3 x 3 image seen through a 2 x 2 window, and a unit",
    model=Chain(conv=Conv2D(1, kernel=2), relu=ReLU(), flat=Flatten(), out=Dense(1)),
    loss=HalfSquaredError(),
    x=np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0], [2.0, 1.0, 0.0]]).reshape(1, 3, 3, 1),
    y=np.array([[1.0]]),
    params={
        "conv": {"W": np.array([[0.5, -0.2], [0.1, 0.4]]).reshape(2, 2, 1, 1), "b": np.array([0.1])},
        "relu": {},
        "flat": {},
        "out": {"W": np.array([[0.2], [0.5], [-0.4], [0.3]]), "b": np.array([0.1])},
    },
    weight="k11",
    names={
        **{f"x[{i}, {j}, 0]": f"x{i + 1}{j + 1}" for i in range(3) for j in range(3)},
        **{f"conv/W[{i}, {j}, 0, 0]": f"k{i + 1}{j + 1}" for i in range(2) for j in range(2)},
        **{f"conv[{i}, {j}, 0]": f"net_{i + 1}{j + 1}" for i in range(2) for j in range(2)},
        **{f"relu[{i}, {j}, 0]": f"out_{i + 1}{j + 1}" for i in range(2) for j in range(2)},
        **{f"flat[{n}]": f"a{n + 1}" for n in range(4)},
        **{f"out/W[{n}, 0]": f"v{n + 1}" for n in range(4)},
        "conv/b[0]": "b",
        "out/b[0]": "c",
        "out[0]": "y",
        "target[0]": "t",
    },
)
