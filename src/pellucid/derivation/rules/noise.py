"""Random layers: once drawn, a random number is a constant like any other."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pellucid.derivation.algebra.expression import Constant, Expression, Symbol
from pellucid.derivation.algebra.functions import call
from pellucid.derivation.rules.rule import Index, Link, Rule, View
from pellucid.layers.noise.alpha_dropout import LOWEST


class DropoutRule(Rule):
    """``y = x mask``, ``dy/dx = mask``: of Dropout, and of SpatialDropout, where places share an entry of the mask."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        mask = self.mask(view, index)
        return view.x(index) if mask.number == 1.0 else view.x(index) * mask

    def why(self, view: View) -> str:
        return "in training units are dropped at random; those kept are scaled up so that the mean stays the same"

    def why_at(self, view: View, index: Index, path: str = "") -> str:
        return f"{self.why(view)}: {self._fate(view, index)}"

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        yield Link(view.entry(index), self.mask(view, index))

    def why_slope(self, view: View) -> str:
        return "the slope of a product by x is the other factor, the mask"

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        return f"{self.why_slope(view)}: {self._fate(view, index)}"

    def mask(self, view: View, index: Index) -> Symbol:
        """The entry of the mask for this number."""
        sizes = view.node.cache["mask"].shape
        return view.cached("mask", tuple(0 if size == 1 else at for at, size in zip(index, sizes, strict=True)))

    def _fate(self, view: View, index: Index) -> str:
        mask = self.mask(view, index).number
        if mask == 0.0:
            return "this one was dropped"
        return "here none is dropped" if mask == 1.0 else "this one was kept"


class AlphaDropoutRule(DropoutRule):
    """``y = a x + b`` of what is kept, ``y = a lowest + b`` of what is dropped; ``dy/dx`` is a, or 0. In use y = x."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        x, rate = view.x(index), view.layer.rate
        if self.mask(view, index).number and view.y(index).number == x.number:
            return x
        a = 1.0 / math.sqrt((1.0 - rate) * (1.0 + rate * LOWEST**2))
        kept = x if self.mask(view, index).number else Symbol("lowest", LOWEST)
        return Symbol("a", a) * kept + Symbol("b", -a * rate * LOWEST)

    def why(self, view: View) -> str:
        return "in training units are set at random to the lowest output of SELU; a and b restore mean 0 and variance 1"


class OcclusionRule(DropoutRule):
    """``y = x mask``, ``dy/dx = mask``, the mask being 0 over a part of each example, else 1."""

    def why(self, view: View) -> str:
        return "in training a random part of each example is set to 0; in use none"

    def _fate(self, view: View, index: Index) -> str:
        return "this one is outside it" if self.mask(view, index).number else "this one is in it"


class GaussianNoiseRule(Rule):
    """``y = x + noise``, ``dy/dx = 1``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        noise = view.cached("noise", index)
        return view.x(index) + noise if noise.number else view.x(index)

    def why(self, view: View) -> str:
        return "in training a random number is added; in use none"

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        yield Link(view.entry(index), Constant(1.0))

    def why_slope(self, view: View) -> str:
        return "the noise does not depend on the input, so the slope is 1"


class BrightnessRule(GaussianNoiseRule):
    """``y = x + light``, ``dy/dx = 1``, the light being the same all over an image."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        light = view.cached("light", (index[0], 0, 0, 0))
        return view.x(index) + light if light.number else view.x(index)

    def why_slope(self, view: View) -> str:
        return "the change of brightness does not depend on the input, so the slope is 1"


class GaussianSampleRule(Rule):
    """``z = mean + deviation noise``, ``deviation = exp(log_variance / 2)``: slopes 1 and ``deviation noise / 2``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        mean, noise = view.x(index, "mean"), view.cached("noise", index)
        return mean + self._deviation(view, index) * noise if noise.number else mean

    def why(self, view: View) -> str:
        return "a sample from the distribution: its mean, and in training a standard normal number times its deviation"

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        if path == "mean":
            yield Link(view.entry(index), Constant(1.0))
        else:
            yield Link(view.entry(index), self._deviation(view, index) * view.cached("noise", index) / 2.0)

    def why_slope(self, view: View) -> str:
        return (
            "the noise is a constant once drawn, so the slope by the mean is 1, and by the log variance half "
            "of deviation times noise"
        )

    def _deviation(self, view: View, index: Index) -> Expression:
        return call("exp", view.x(index, "log_variance") / 2.0)
