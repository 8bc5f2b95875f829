"""The parts of attention: scores, their softmax, and the sums of the values by these weights."""

from __future__ import annotations

import math

import numpy as np

from pellucid.derivation.primitives.primitive import Primitive
from pellucid.layers.activations.softmax import softmax, through_softmax
from pellucid.types import Array, Params, Tree


class AttentionPrimitive(Primitive):
    """A primitive of attention with so many ``heads``; ``causal``: a step attends to itself and the past only.

    q, k, v and the outputs of the heads are (B, T, H K), with the columns of the first head first.
    """

    heads: int
    causal: bool

    def keys_for(self, at: int, steps: int) -> range:
        """The steps that the query of step ``at`` attends to."""
        return range(at + 1 if self.causal else steps)

    def queries_for(self, at: int, steps: int) -> range:
        """The steps whose queries attend to step ``at``."""
        return range(at if self.causal else 0, steps)

    def split_heads(self, x: Array) -> Array:
        """(B, T, H K) as (B, H, T, K)."""
        return x.reshape(*x.shape[:2], self.heads, -1).swapaxes(1, 2)

    def merge_heads(self, x: Array) -> Array:
        """(B, H, T, K) as (B, T, H K)."""
        rows = x.swapaxes(1, 2)
        return rows.reshape(*rows.shape[:2], -1)


class Scores(AttentionPrimitive):
    """``score_ts = q_t k_s / sqrt(K)``, in each head: (B, H, T, T)."""

    def value(self, params: Params, x: Tree) -> Array:
        q, k = self.split_heads(x["q"]), self.split_heads(x["k"])
        return q @ k.swapaxes(-1, -2) / math.sqrt(q.shape[-1])

    def gradients(self, params: Params, x: Tree, dy: Array) -> tuple[Params, Tree]:
        q, k = self.split_heads(x["q"]), self.split_heads(x["k"])
        scaled = dy / math.sqrt(q.shape[-1])
        return {}, {"q": self.merge_heads(scaled @ k), "k": self.merge_heads(scaled.swapaxes(-1, -2) @ q)}


class AttentionWeights(AttentionPrimitive):
    """``weight_ts = exp(score_ts) / sum_s' exp(score_ts')`` over the steps that t attends to, 0 for the others."""

    def value(self, params: Params, x: Array) -> Array:
        unseen = ~np.tri(x.shape[-1], dtype=bool) & self.causal
        return softmax(np.where(unseen, -np.inf, x))

    def gradients(self, params: Params, x: Array, dy: Array) -> tuple[Params, Array]:
        return {}, through_softmax(dy, self.value(params, x))


class WeightedSum(AttentionPrimitive):
    """``head_t = sum_s weight_ts v_s``: the output of each head at each step, (B, T, H K)."""

    def value(self, params: Params, x: Tree) -> Array:
        return self.merge_heads(x["weights"] @ self.split_heads(x["v"]))

    def gradients(self, params: Params, x: Tree, dy: Array) -> tuple[Params, Tree]:
        dheads, weights = self.split_heads(dy), x["weights"]
        dweights = dheads @ self.split_heads(x["v"]).swapaxes(-1, -2)
        return {}, {"weights": dweights, "v": self.merge_heads(weights.swapaxes(-1, -2) @ dheads)}
