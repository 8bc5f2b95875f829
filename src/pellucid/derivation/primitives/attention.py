"""What attention is made of: scores, the weights that softmax makes of them, and the sums that these weigh."""

from __future__ import annotations

import math

import numpy as np

from pellucid.derivation.primitives.primitive import Primitive
from pellucid.layers.activations.softmax import softmax, through_softmax
from pellucid.types import Array, Params, Tree


class Attending(Primitive):
    """An element of attention with so many ``heads``; with ``causal`` a step sees itself and the past only.

    q, k, v and what the heads say are (B, T, H K), with the columns of the first head first.
    """

    heads: int
    causal: bool

    def seen(self, at: int, steps: int) -> range:
        """The steps that step ``at`` sees."""
        return range(at + 1 if self.causal else steps)

    def seers(self, at: int, steps: int) -> range:
        """The steps that see step ``at``."""
        return range(at if self.causal else 0, steps)

    def split(self, x: Array) -> Array:
        """(B, T, H K) as (B, H, T, K)."""
        return x.reshape(*x.shape[:2], self.heads, -1).swapaxes(1, 2)

    def joined(self, x: Array) -> Array:
        """(B, H, T, K) as (B, T, H K)."""
        rows = x.swapaxes(1, 2)
        return rows.reshape(*rows.shape[:2], -1)


class Scores(Attending):
    """``score_ts = q_t k_s / sqrt(K)``, in each head: (B, H, T, T)."""

    def value(self, params: Params, x: Tree) -> Array:
        q, k = self.split(x["q"]), self.split(x["k"])
        return q @ k.swapaxes(-1, -2) / math.sqrt(q.shape[-1])

    def gradients(self, params: Params, x: Tree, dy: Array) -> tuple[Params, Tree]:
        q, k = self.split(x["q"]), self.split(x["k"])
        scaled = dy / math.sqrt(q.shape[-1])
        return {}, {"q": self.joined(scaled @ k), "k": self.joined(scaled.swapaxes(-1, -2) @ q)}


class AttentionWeights(Attending):
    """``weight_ts = exp(score_ts) / sum_s' exp(score_ts')`` over the steps that t sees, 0 for the others."""

    def value(self, params: Params, x: Array) -> Array:
        unseen = ~np.tri(x.shape[-1], dtype=bool) & self.causal
        return softmax(np.where(unseen, -np.inf, x))

    def gradients(self, params: Params, x: Array, dy: Array) -> tuple[Params, Array]:
        return {}, through_softmax(dy, self.value(params, x))


class WeightedSum(Attending):
    """``head_t = sum_s weight_ts v_s``: what each head says at each step, (B, T, H K)."""

    def value(self, params: Params, x: Tree) -> Array:
        return self.joined(x["weights"] @ self.split(x["v"]))

    def gradients(self, params: Params, x: Tree, dy: Array) -> tuple[Params, Tree]:
        dheads, weights = self.split(dy), x["weights"]
        dweights = dheads @ self.split(x["v"]).swapaxes(-1, -2)
        return {}, {"weights": dweights, "v": self.joined(weights.swapaxes(-1, -2) @ dheads)}
