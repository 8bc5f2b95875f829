"""The matrix products that a step cannot do without, of random numbers in the workload's shapes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from benchmarks.speed.workloads import Array, Workload


def operands(workload: Workload) -> list[tuple[Array, Array]]:
    """Both sides of each: ``y = x W`` and ``dW = x^T dy`` of every layer, ``dx = dy W^T`` of all but the first.

    A convolution is a layer on its patches; making them is not counted.
    """
    draw = np.random.default_rng(4)
    pairs: list[tuple[Array, Array]] = []
    for i, (rows, inputs, outputs) in enumerate(sizes(workload)):
        shapes = ((rows, inputs), (inputs, outputs), (rows, outputs))
        x, W, dy = (draw.standard_normal(shape, dtype=np.float32) for shape in shapes)
        pairs += [(x, W), (np.ascontiguousarray(x.T), dy)]
        pairs += [(dy, np.ascontiguousarray(W.T))] if i else []
    return pairs


def sizes(workload: Workload) -> list[tuple[int, int, int]]:
    """Rows, inputs and outputs of each layer."""
    batch, widths = workload.batch, workload.widths
    if workload.network == "dense":
        return [(batch, a, b) for a, b in pairwise(widths)]
    first, second, hidden, classes = widths
    kernels = [(batch * 28 * 28, 9, first), (batch * 14 * 14, 9 * first, second)]
    return [*kernels, (batch, 7 * 7 * second, hidden), (batch, hidden, classes)]
