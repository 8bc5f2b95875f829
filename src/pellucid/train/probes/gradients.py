"""How large the gradients of the weights are."""

from __future__ import annotations

from pellucid import ops
from pellucid.train.probes.probe import Probe, WatchedStep
from pellucid.train.probes.statistics import statistics
from pellucid.trees import items
from pellucid.types import Array


class GradientStatistics(Probe):
    """For every array of weights: ``path/W/gradient_mean``, ``gradient_std``, ``gradient_rms``, ``gradient_min`` and
    ``gradient_max``; and ``gradient_norm`` of all of them together. Of the loss alone, before penalty and clipping.
    """

    needs = ("gradients",)

    def measure(self, step: WatchedStep) -> dict[str, Array]:
        numbers: dict[str, Array] = {}
        squares: list[Array] = []
        for path, gradient in items(step.gradients):
            numbers |= statistics(f"{path}/gradient", gradient)
            squares.append(numbers[f"{path}/gradient_rms"] ** 2 * gradient.size)
        if squares:
            numbers["gradient_norm"] = ops.namespace(squares[0]).sqrt(sum(squares[1:], squares[0]))
        return numbers
