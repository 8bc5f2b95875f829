"""Augmentations that move numbers: once drawn, each output is a weighted sum of inputs at other places."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.derivation.algebra.expression import Constant, Expression, total
from pellucid.derivation.rules.rule import Index, Link, Rule, View


class SourcesRule(Rule):
    """``y[n] = sum_k weight[k, n] x[source[k, n]]``, so ``dy[n]/dx[m]`` is the weight where the source is m."""

    def output(self, view: View, index: Index, path: str = "") -> Expression:
        source, weight = self._sources(view)
        axes = source.ndim - 1
        terms = []
        for k in range(len(source)):
            at = np.unravel_index(int(source[k][index[:axes]]), view.inputs[""].value.shape[:axes])
            share, x = float(weight[k][index[:axes]]), view.x((*map(int, at), *index[axes:]))
            if share:
                terms.append(x if share == 1.0 else share * x)
        return total(terms) if terms else Constant(0.0)

    def why(self, view: View) -> str:
        return "in training an example is moved by a random amount; what comes from outside of it is 0"

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        source, weight = self._sources(view)
        axes = source.ndim - 1
        place = np.ravel_multi_index(index[:axes], view.inputs[""].value.shape[:axes])
        for k, *at in np.argwhere((source == place) & (weight != 0.0)).tolist():
            yield Link(view.entry((*at, *index[axes:])), Constant(float(weight[(k, *at)])))

    def why_slope(self, view: View) -> str:
        return "the slope of an output by an input is the weight of the input in it, constant once drawn"

    def _sources(self, view: View) -> tuple[np.ndarray, np.ndarray]:
        source, weight = view.layer.sources(view.node.cache, view.inputs[""].value)
        return source, weight
