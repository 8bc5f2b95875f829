"""Normalisation: mean, variance, x standardized by them, gain and shift."""

from __future__ import annotations

from pellucid.derivation.decompositions.decomposition import decomposition_of
from pellucid.derivation.primitives import (
    Deviation,
    GainShift,
    Mean,
    OverBatch,
    OverFeatures,
    OverGroups,
    Pool,
    Standardized,
    Variance,
)
from pellucid.derivation.trace.trace import Tracer, Wire, constant_wires
from pellucid.layers import BatchNorm, GroupNorm, LayerNorm
from pellucid.trees import join_path
from pellucid.types import Params, State


@decomposition_of(BatchNorm)
def _batch_norm(layer: BatchNorm, tracer: Tracer, params: Params, state: State, x: Wire, path: str) -> Wire:
    if tracer.train:
        return _with_its_own(layer.epsilon, OverBatch(), tracer, params, x, path)
    running = constant_wires(dict(state), join_path(path, "running"), of_examples=False)
    return _standardized(layer.epsilon, OverBatch(), tracer, params, x, running["mean"], running["variance"], path)


@decomposition_of(LayerNorm)
def _layer_norm(layer: LayerNorm, tracer: Tracer, params: Params, state: State, x: Wire, path: str) -> Wire:
    return _with_its_own(layer.epsilon, OverFeatures(), tracer, params, x, path)


@decomposition_of(GroupNorm)
def _group_norm(layer: GroupNorm, tracer: Tracer, params: Params, state: State, x: Wire, path: str) -> Wire:
    return _with_its_own(layer.epsilon, OverGroups(layer.groups), tracer, params, x, path)


def _with_its_own(epsilon: float, pool: Pool, tracer: Tracer, params: Params, x: Wire, path: str) -> Wire:
    """x normalised by the statistics of its own pools."""
    of_examples = not isinstance(pool, OverBatch)
    mean = tracer.run(Mean(pool), {}, {}, x, join_path(path, "mean"), None, of_examples=of_examples)
    both = {"x": x, "mean": mean}
    variance = tracer.run(Variance(pool), {}, {}, both, join_path(path, "variance"), None, of_examples=of_examples)
    return _standardized(epsilon, pool, tracer, params, x, mean, variance, path)


def _standardized(
    epsilon: float, pool: Pool, tracer: Tracer, params: Params, x: Wire, mean: Wire, variance: Wire, path: str
) -> Wire:
    name = join_path(path, "deviation")
    deviation = tracer.run(Deviation(epsilon), {}, {}, variance, name, None, of_examples=variance.of_examples)
    parts = {"x": x, "mean": mean, "deviation": deviation}
    x_hat = tracer.run(Standardized(pool), {}, {}, parts, join_path(path, "x_hat"), None)
    y: Wire = tracer.run(GainShift(), params, {}, x_hat, path, None)
    return y
