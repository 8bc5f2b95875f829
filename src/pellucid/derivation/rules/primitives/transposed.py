"""A weighted sum by the transpose of another layer's weights."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.derivation.algebra.expression import Expression, total
from pellucid.derivation.rules.rule import Index, Link, Rule, View


class TransposedDenseRule(Rule):
    """``y_i = sum_k x_k W_ik``, so ``dy_i/dW_ik = x_k`` and ``dy_i/dx_k = W_ik``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        *place, i = index
        units = view.node.params["W"].shape[1]
        return total([view.weight("W", (i, k)) * view.x((*place, k)) for k in range(units)])

    def by_weight(self, view: View, weight: str, index: Index) -> Iterator[Link]:
        i, k = index
        for place in np.ndindex(view.node.outputs[""].value.shape[:-1]):
            yield Link(view.entry((*place, i)), view.x((*place, k)))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        *place, k = index
        for i in range(len(view.node.params["W"])):
            yield Link(view.entry((*place, i)), view.weight("W", (i, k)))

    def why(self, view: View) -> str:
        return "the decoder has the encoder's weights, transposed: W[i, k] led from i to k, here it leads from k to i"

    def why_weight(self, view: View, weight: str) -> str:
        return (
            "the weight is used twice, in the encoder and transposed in the decoder: its gradient is the sum over both"
        )

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        return "the slope of each output by a number of the code is the weight between them"
