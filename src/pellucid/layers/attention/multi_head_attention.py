"""Multi-head attention: each step of a sequence takes from the others, with weights of its own in each head."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from pellucid import ops, validate
from pellucid.errors import ConfigError, ShapeError
from pellucid.initializers import Glorot, Initializer
from pellucid.layer import Layer, shape_of
from pellucid.layers.activations.softmax import softmax, through_softmax
from pellucid.layers.dense import Dense
from pellucid.layers.features import check_features, check_sequence
from pellucid.masked import Masked, require_a_step, values_of
from pellucid.types import Array, Cache, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Bool, Float

UNSEEN = -1e30
"""The score of a step that is not to be seen: finite, so that a row of them alone still has a softmax."""


class MultiHeadAttention(Layer):
    """``y = concat(head_1, ..., head_H) W_o + b_o``: every step sums what others offer, weighted by how well they fit.

    Step t asks ``q_t = x_t W_q + b_q``, step s answers ``k_s = x_s W_k + b_k`` and offers ``v_s = x_s W_v + b_v``. The
    columns are cut into H heads, each with K of its own: ``head = weights v`` with ``weights = softmax(q k^T /
    sqrt(K))`` over s. ``causal`` lets a step see itself and the past only. In a ``Masked`` sequence nobody sees
    padding. A weight to an unseen step is 0, and a step that sees nothing gets 0 from every head.
    Backward, in each head: ``dv = weights^T dhead``, ``dweights = dhead v^T``, through softmax ``dscores = weights
    (dweights - sum_s dweights weights)``, ``dq = dscores k / sqrt(K)``, ``dk = dscores^T q / sqrt(K)``; then as in four
    ``Dense`` layers.
    Shapes: x and y (B, T, D), or both ``Masked``; q, k, v and heads (B, H, T, K); weights (B, H, T, T), row t what
    step t sees. Params ``q``, ``k``, ``v`` and ``output`` have a W and a b each: (D, H K) and (H K,), output (H K, D)
    and (D,). The cache keeps ``x``, ``q``, ``k``, ``v``, ``weights`` and ``heads``.
    Hyper-parameters: ``heads`` is H; ``units``, by default D, is H K; ``causal``; ``use_bias=False`` leaves every b
    out; ``weight`` draws the first W.
    Raises ConfigError for ``units``, ShapeError for D, that ``heads`` do not divide; ShapeError unless x has three
    axes, at least one step and as many features as W; DataError for a mask that hides all of an example. Source:
    Vaswani et al. 2017, "Attention is all you need", section 3.2.
    """

    heads: int
    units: int | None = None
    causal: bool = False
    use_bias: bool = True
    weight: Initializer = Glorot()

    def __post_init__(self) -> None:
        validate.positive_int(self, "heads", self.heads)
        if self.units is not None:
            validate.positive_int(self, "units", self.units)
            if self.units % self.heads:
                raise ConfigError(f"MultiHeadAttention: {self.heads} heads do not divide units={self.units} evenly")
        validate.instance(self, "causal", self.causal, bool)
        validate.instance(self, "use_bias", self.use_bias, bool)
        validate.instance(self, "weight", self.weight, Initializer)

    def init(self, key: Key, x: Float[Array, "B T D"] | Masked) -> tuple[Params, State]:
        values = values_of(x)
        check_sequence(self, values)
        features = shape_of(values)[-1]
        units = self.units or features
        if units % self.heads:
            raise ShapeError(
                f"{self!r}: {self.heads} heads do not divide the {features} features of x of shape {shape_of(values)} "
                "evenly: choose heads that do, or give units"
            )
        dense = self._projections(features)
        params = {name: dense[name].init(ops.fold_in(key, i), values)[0] for i, name in enumerate(("q", "k", "v"))}
        joined = np.zeros((1, units), values.dtype)
        return {**params, "output": dense["output"].init(ops.fold_in(key, 3), joined)[0]}, {}

    def forward(
        self,
        params: Params,
        state: State,
        x: Float[Array, "B T D"] | Masked,
        key: Key | None = None,
        train: bool = False,
    ) -> tuple[Float[Array, "B T D"] | Masked, Cache, State]:
        if isinstance(x, Masked):
            require_a_step(self, x.visible)
            y, cache = self._attend(params, x.values, x.visible[:, None, None, :])
            return Masked(y, x.mask), cache, state
        y, cache = self._attend(params, x, ops.namespace(x).asarray(True))
        return y, cache, state

    def _attend(
        self, params: Params, x: Float[Array, "B T D"], seen: Bool[Array, "..."]
    ) -> tuple[Float[Array, "B T D"], Cache]:
        """y and the cache, where a step s is ``seen`` by a step t (B, H, T, T, or what can be stretched to it)."""
        check_sequence(self, x)
        check_features(self, params["q"]["W"], x)
        xp, dense = ops.namespace(x), self._projections(x.shape[-1])
        q, k, v = (self._split(dense[name].forward(params[name], {}, x)[0]) for name in ("q", "k", "v"))
        if self.causal:
            t = xp.arange(x.shape[1])
            seen = seen & (t <= t[:, None])
        scores = q @ _transposed(k) / math.sqrt(q.shape[-1])
        weights = xp.where(seen, softmax(xp.where(seen, scores, UNSEEN)), 0.0)
        heads = weights @ v
        y, _, _ = dense["output"].forward(params["output"], {}, self._joined(heads))
        return y, {"x": x, "q": q, "k": k, "v": v, "weights": weights, "heads": heads}

    def backward(
        self, params: Params, cache: Cache, dy: Float[Array, "B T D"] | Masked
    ) -> tuple[Params, Float[Array, "B T D"] | Masked]:
        if isinstance(dy, Masked):
            dparams, dvalues = self.backward(params, cache, dy.values)
            return dparams, Masked(dvalues, dy.mask)
        q, k, v, weights = (cache[name] for name in ("q", "k", "v", "weights"))
        dense, joined = self._projections(dy.shape[-1]), self._joined(cache["heads"])
        doutput, djoined = dense["output"].backward(params["output"], {"x": joined}, dy)
        dheads = self._split(djoined)
        dscores = through_softmax(dheads @ _transposed(v), weights) / math.sqrt(q.shape[-1])
        parts = {"q": dscores @ k, "k": _transposed(dscores) @ q, "v": _transposed(weights) @ dheads}
        dparams = {"output": doutput}
        dx = 0.0
        for name, part in parts.items():
            dparams[name], more = dense[name].backward(params[name], cache, self._joined(part))
            dx = dx + more
        return dparams, dx

    def _projections(self, features: int) -> dict[str, Dense]:
        inward = Dense(self.units or features, self.use_bias, self.weight)
        return {"q": inward, "k": inward, "v": inward, "output": Dense(features, self.use_bias, self.weight)}

    def _split(self, x: Array) -> Array:
        """(B, T, H K) as (B, H, T, K)."""
        return x.reshape(*x.shape[:-1], self.heads, -1).swapaxes(1, 2)

    def _joined(self, heads: Array) -> Array:
        """(B, H, T, K) as (B, T, H K)."""
        rows = heads.swapaxes(1, 2)
        return rows.reshape(*rows.shape[:2], -1)


def _transposed(x: Array) -> Array:
    return x.swapaxes(-1, -2)
