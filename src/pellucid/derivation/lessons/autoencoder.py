"""Three numbers through a code of two and back: the target is the input itself."""

from __future__ import annotations

import numpy as np

from pellucid.combinators import Chain
from pellucid.derivation.lessons.example import Example
from pellucid.layers import Dense, Sigmoid
from pellucid.losses import HalfSquaredError

AUTOENCODER = Example(
    name="autoencoder",
    title="three inputs through a code of two units, and back",
    model=Chain(encode=Dense(2), code=Sigmoid(), decode=Dense(3)),
    loss=HalfSquaredError(),
    x=np.array([[1.0, 0.5, 0.0]]),
    y=np.array([[1.0, 0.5, 0.0]]),
    params={
        "encode": {"W": np.array([[0.4, -0.3], [0.2, 0.6], [-0.5, 0.1]]), "b": np.array([0.1, -0.1])},
        "code": {},
        "decode": {"W": np.array([[0.5, 0.3, -0.2], [-0.4, 0.7, 0.6]]), "b": np.array([0.2, 0.0, -0.1])},
    },
    weight="w11",
    names={
        **{f"encode/W[{i}, {k}]": f"w{i + 1}{k + 1}" for i in range(3) for k in range(2)},
        **{f"decode/W[{k}, {i}]": f"v{k + 1}{i + 1}" for k in range(2) for i in range(3)},
        **{f"x[{i}]": f"x{i + 1}" for i in range(3)},
        **{f"encode[{k}]": f"net{k + 1}" for k in range(2)},
        **{f"code[{k}]": f"code{k + 1}" for k in range(2)},
        **{f"decode[{i}]": f"y{i + 1}" for i in range(3)},
        **{f"encode/b[{k}]": f"b{k + 1}" for k in range(2)},
        **{f"decode/b[{i}]": f"c{i + 1}" for i in range(3)},
        **{f"target[{i}]": f"t{i + 1}" for i in range(3)},
    },
)
