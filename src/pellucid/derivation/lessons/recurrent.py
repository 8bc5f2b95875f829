"""Networks that remember: one unit over three steps, and one step of a unit with gates."""

from __future__ import annotations

import numpy as np

from pellucid.cells import LSTM, SimpleRNN
from pellucid.combinators import Chain, Recurrent
from pellucid.derivation.lessons.example import Example
from pellucid.layers import Dense
from pellucid.losses import HalfSquaredError

RNN = Example(
    name="rnn",
    title="one recurrent unit over three steps: back through time",
    model=Chain(rnn=Recurrent(SimpleRNN(1), return_sequences=False), out=Dense(1)),
    loss=HalfSquaredError(),
    x=np.array([[[1.0], [0.5], [-1.0]]]),
    y=np.array([[0.5]]),
    params={
        "rnn": {"W": np.array([[0.6]]), "U": np.array([[0.8]]), "b": np.array([0.1])},
        "out": {"W": np.array([[1.5]]), "b": np.array([0.2])},
    },
    weight="u",
    names={
        **{f"x[{t}, 0]": f"x{t + 1}" for t in range(3)},
        **{f"rnn/t{t}/{part}[0]": f"{part}{t + 1}" for t in range(3) for part in ("net", "h")},
        "rnn/start/h[0]": "h0",
        "rnn/W[0, 0]": "w",
        "rnn/U[0, 0]": "u",
        "rnn/b[0]": "b",
        "out/W[0, 0]": "v",
        "out/b[0]": "c",
        "out[0]": "y",
        "target[0]": "t",
    },
)

LSTM_STEP = Example(
    name="lstm",
    title="one step of an LSTM unit: three gates and a memory",
    model=Chain(lstm=Recurrent(LSTM(1), return_sequences=False)),
    loss=HalfSquaredError(),
    x=np.array([[[0.5]]]),
    y=np.array([[0.6]]),
    params={
        "lstm": {
            "W": np.array([[0.6, -0.4, 0.9, 0.3]]),
            "U": np.array([[0.1, 0.2, -0.3, 0.4]]),
            "b": np.array([0.2, 1.0, 0.1, 0.5]),
        }
    },
    weight="w_i",
    names={
        **{f"lstm/{array}[0, {k}]": f"{array.lower()}_{gate}" for array in "WU" for k, gate in enumerate("ifgo")},
        **{f"lstm/b[{k}]": f"b_{gate}" for k, gate in enumerate("ifgo")},
        "lstm/t0/input_net[0]": "net_i",
        "lstm/t0/forget_net[0]": "net_f",
        "lstm/t0/proposal_net[0]": "net_g",
        "lstm/t0/output_net[0]": "net_o",
        "lstm/t0/input[0]": "i",
        "lstm/t0/forget[0]": "f",
        "lstm/t0/proposal[0]": "g",
        "lstm/t0/output[0]": "o",
        "lstm/t0/memory[0]": "c",
        "lstm/t0/memory_tanh[0]": "tanh_c",
        "lstm/t0/h[0]": "h",
        "lstm/start/h[0]": "h0",
        "lstm/start/c[0]": "c0",
        "x[0, 0]": "x",
        "target[0]": "t",
    },
)
