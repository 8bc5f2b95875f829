"""Layers with one fault each: what the gradient check and the conformance suite must find."""

from __future__ import annotations

import numpy as np

from pellucid import ops
from pellucid.layers import Dense, Identity, ReLU


class SignFlipped(Dense):
    def backward(self, params, cache, dy):
        dparams, dx = super().backward(params, cache, dy)
        return dparams | {"W": -dparams["W"]}, dx


class Doubled(Dense):
    def backward(self, params, cache, dy):
        dparams, dx = super().backward(params, cache, dy)
        return dparams | {"b": 2.0 * dparams["b"]}, dx


class InputDoubled(Dense):
    def backward(self, params, cache, dy):
        dparams, dx = super().backward(params, cache, dy)
        return dparams, 2.0 * dx


class BiasForgotten(Dense):
    def backward(self, params, cache, dy):
        dparams, dx = super().backward(params, cache, dy)
        return {"W": dparams["W"]}, dx


class BiasZero(Dense):
    def backward(self, params, cache, dy):
        dparams, dx = super().backward(params, cache, dy)
        return dparams | {"b": 0.0 * dparams["b"]}, dx


class BiasOfOneExample(Dense):
    def backward(self, params, cache, dy):
        dparams, dx = super().backward(params, cache, dy)
        return dparams | {"b": dy[0]}, dx


class Transposed(Dense):
    def backward(self, params, cache, dy):
        dparams, dx = super().backward(params, cache, dy)
        return dparams | {"W": dparams["W"].T}, dx


class OffByAThousandth(Dense):
    def backward(self, params, cache, dy):
        dparams, dx = super().backward(params, cache, dy)
        return dparams | {"W": 1.001 * dparams["W"]}, dx


class OneEntryWrong(Dense):
    def backward(self, params, cache, dy):
        dparams, dx = super().backward(params, cache, dy)
        wrong = (np.arange(dparams["W"].size) == 1).reshape(dparams["W"].shape)
        return dparams | {"W": dparams["W"] + 0.01 * wrong}, dx


class NotANumber(Dense):
    def backward(self, params, cache, dy):
        dparams, dx = super().backward(params, cache, dy)
        return dparams | {"b": np.nan * dparams["b"]}, dx


class AlwaysOn(ReLU):
    """A ReLU whose derivative is 1 on both sides of the kink."""

    def derivative(self, x, y):
        return x == x


class OffByAThousandthReLU(ReLU):
    def derivative(self, x, y):
        return 1.001 * super().derivative(x, y)


class OneAtZero(ReLU):
    """No fault: at the kink, the slope of the other side is as good."""

    def derivative(self, x, y):
        return (x >= 0).astype(x.dtype)


class HalfAtZero(ReLU):
    """No fault either: where automatic differentiation shares the slope between both sides."""

    def function(self, x):
        return ops.namespace(x).maximum(x, 0.0)


class SevenAtZero(ReLU):
    """A slope at the kink that neither side has."""

    def derivative(self, x, y):
        return super().derivative(x, y) + 7.0 * (x == 0)


class CallsNumPy(Identity):
    """``y = exp(x)``, but with the wrong ``exp``."""

    def forward(self, params, state, x, key=None, train=False):
        y = np.exp(x)
        return y, {"y": y}, state

    def backward(self, params, cache, dy):
        return {}, dy * cache["y"]


DENSE = (
    (SignFlipped, "W"),
    (Doubled, "b"),
    (InputDoubled, "x"),
    (BiasForgotten, "b"),
    (BiasZero, "b"),
    (BiasOfOneExample, "b"),
    (Transposed, "W"),
    (OffByAThousandth, "W"),
    (OneEntryWrong, "W"),
    (NotANumber, "b"),
)
"""Each sabotaged Dense, with the leaf whose gradient it gets wrong."""
