"""Normalisation: an output depends on its own input, and on its whole pool through mean and variance."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.derivation.algebra.expression import Constant, Expression, total
from pellucid.derivation.algebra.functions import call
from pellucid.derivation.primitives import Deviation, Mean, OverBatch, Pool, Standardized, Variance
from pellucid.derivation.rules.rule import Index, Link, Rule, View


class MeanRule(Rule):
    """``mean = sum x / n``, so ``dmean/dx = 1 / n``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        pool, x = _pool(view), view.node.inputs[""].value
        return total([view.x(member) for member in pool.members(index, x)]) / float(pool.count(x))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        pool, x = _pool(view), view.node.inputs[""].value
        yield Link(view.entry(pool.place(index, x)), 1.0 / Constant(float(pool.count(x))))

    def why(self, view: View) -> str:
        return f"the mean of {_members(view)}"

    def why_slope(self, view: View) -> str:
        return _moves(view, "mean")


class VarianceRule(Rule):
    """``variance = sum (x - mean)^2 / n``, so ``dvariance/dx = 2 (x - mean) / n``, and 0 by the mean."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        pool, x = _pool(view), view.node.inputs["x"].value
        mean = view.x(index, "mean")
        squares: list[Expression] = [(view.x(member, "x") - mean) ** 2 for member in pool.members(index, x)]
        return total(squares) / float(pool.count(x))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        if path == "mean":
            return  # what is above the mean and what is below cancel
        pool, x = _pool(view), view.node.inputs["x"].value
        place = pool.place(index, x)
        slope = 2.0 * (view.x(index, "x") - view.x(place, "mean")) / float(pool.count(x))
        yield Link(view.entry(place), slope)

    def why(self, view: View) -> str:
        return f"the mean square of how far {_members(view)} are from their mean"

    def why_slope(self, view: View) -> str:
        return f"{_moves(view, 'variance')}, more the further it is from the mean"


class DeviationRule(Rule):
    """``deviation = sqrt(variance + epsilon)``, so ``ddeviation/dvariance = 1 / (2 deviation)``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        layer = view.node.layer
        assert isinstance(layer, Deviation)
        return call("sqrt", view.x(index) + Constant(layer.epsilon))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        yield Link(view.entry(index), 1.0 / (2.0 * view.y(index)))

    def why(self, view: View) -> str:
        return "the square root of the variance has the unit of x; epsilon keeps it above 0"

    def why_slope(self, view: View) -> str:
        return "the slope of a square root is 1 over twice the root"


class StandardizedRule(Rule):
    """``x_hat = (x - mean) / s``, so ``dx_hat/dx = 1 / s``, ``dx_hat/dmean = -1 / s``, ``dx_hat/ds = -x_hat / s``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        place = _pool(view).place(index, view.node.inputs["x"].value)
        return (view.x(index, "x") - view.x(place, "mean")) / view.x(place, "deviation")

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        pool, x = _pool(view), view.node.inputs["x"].value
        if path == "x":
            yield Link(view.entry(index), 1.0 / view.x(pool.place(index, x), "deviation"))
            return
        deviation = view.x(index, "deviation")
        for member in pool.members(index, x):
            slope = -1.0 / deviation if path == "mean" else -view.y(member) / deviation
            yield Link(view.entry(member), slope)

    def why(self, view: View) -> str:
        return "the distance from the mean in standard deviations: its pool now has mean 0 and variance 1"

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        return {
            "x": "the slope of x_hat by x itself is 1 over the deviation",
            "mean": "a larger mean lowers every x_hat of its pool; the variance does not change with it, since the "
            "deviations from the mean sum to 0",
            "deviation": "a larger deviation brings every x_hat of its pool nearer to 0",
        }[path]


class GainShiftRule(Rule):
    """``y = gamma x_hat + beta``, so ``dy/dgamma = x_hat``, ``dy/dbeta = 1``, ``dy/dx_hat = gamma``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        return view.weight("gamma", index[-1:]) * view.x(index) + view.weight("beta", index[-1:])

    def by_weight(self, view: View, weight: str, index: Index) -> Iterator[Link]:
        for place in np.ndindex(view.node.outputs[""].value.shape[:-1]):
            at = (*place, *index)
            yield Link(view.entry(at), view.x(at) if weight == "gamma" else Constant(1.0))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        yield Link(view.entry(index), view.weight("gamma", index[-1:]))

    def why(self, view: View) -> str:
        return "a learned standard deviation, gamma, and a learned mean, beta"

    def why_weight(self, view: View, weight: str) -> str:
        return "the slope by a gain is what it multiplies" if weight == "gamma" else "the slope by a shift is 1"

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        return "the slope by x_hat is the gain"


def _pool(view: View) -> Pool:
    layer = view.node.layer
    assert isinstance(layer, (Mean, Variance, Standardized))
    return layer.pool


def _members(view: View) -> str:
    if isinstance(_pool(view), OverBatch):
        return "this feature's numbers in the whole batch"
    return "this example's own numbers"


def _moves(view: View, statistic: str) -> str:
    if isinstance(_pool(view), OverBatch):
        return f"every example changes the {statistic} of the batch, and with it every output of the batch"
    return f"every number changes the {statistic} of its example, and with it every output of that example"
