"""The networks of many tests: the classic of the textbooks, one with a long name, and one with many steps."""

from __future__ import annotations

import numpy as np

from pellucid import (
    Chain,
    Dense,
    GradientDescent,
    HalfSquaredError,
    LayerNorm,
    Residual,
    Sigmoid,
    SoftmaxCrossEntropy,
    Tanh,
)
from pellucid.derivation import explain
from pellucid.derivation.render.outline import outline

UNITS = {f"{path}[{i}]": f"{name}{i + 1}" for i in range(2) for path, name in (
    ("x", "i"), ("hidden", "net_h"), ("hidden_out", "out_h"), ("output", "net_o"), ("output_out", "out_o"),
    ("target", "target_o"),
)}  # fmt: skip


WEIGHTS = {
    f"{layer}/W[{row}, {column}]": f"w{first + 2 * column + row}"
    for layer, first in (("hidden", 1), ("output", 5))
    for row in range(2)
    for column in range(2)
}


def classic(weight, names=None):
    model = Chain(hidden=Dense(2), hidden_out=Sigmoid(), output=Dense(2), output_out=Sigmoid())
    params = {
        "hidden": {"W": np.array([[0.15, 0.25], [0.20, 0.30]]), "b": np.array([0.35, 0.35])},
        "hidden_out": {},
        "output": {"W": np.array([[0.40, 0.50], [0.45, 0.55]]), "b": np.array([0.60, 0.60])},
        "output_out": {},
    }
    x, y = np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])
    names = {**UNITS, **WEIGHTS} if names is None else names
    rule = GradientDescent(learning_rate=0.5)
    return explain(model, HalfSquaredError(), x, y, weight, params=params, optimizer=rule, names=names)


def wide(optimizer=None):
    model = Chain(
        a=Dense(12), r=Residual(b=Dense(12), t=Tanh()), norm=LayerNorm(), an_output_layer_of_long_name=Dense(3)
    )
    x = np.random.default_rng(0).normal(size=(2, 5))
    return explain(model, SoftmaxCrossEntropy(), x, np.array([1, 2]), "r/b/W[2, 3]", optimizer=optimizer)


def lines(explanation):
    return [line for section in outline(explanation) for group in section.groups for line in group.lines]
