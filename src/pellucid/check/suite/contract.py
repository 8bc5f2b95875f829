"""Checks of the rest of the contract: what a specification, weights, state and cache must be."""

from __future__ import annotations

import json
import pickle
from typing import Any

import numpy as np

from pellucid import ops, spec
from pellucid.check.agreement import require_equal, require_paths, require_shapes
from pellucid.check.cases.backward_case import BackwardCase
from pellucid.check.cases.case import Case, floating
from pellucid.check.cases.layer_case import MODES, LayerCase
from pellucid.check.cases.loss_case import LossCase
from pellucid.errors import ConformanceError
from pellucid.layer import Cell, Layer, Loss
from pellucid.losses import EnsembleLoss
from pellucid.trees import count_examples, flatten, items, tree_map


def pickle_round_trip(case: Case) -> None:
    """Pickled and read back, the specification is equal."""
    _require_same(pickle.loads(pickle.dumps(case.subject)), case.subject, "pickle")


def json_round_trip(case: Case) -> None:
    """Written to JSON and read back, the specification is equal."""
    base: type[Any] = next(base for base in (Layer, Cell, Loss) if isinstance(case.subject, base))
    _require_same(spec.decode(json.loads(json.dumps(spec.encode(case.subject))), base), case.subject, "JSON")


def _require_same(copy: object, subject: object, by: str) -> None:
    if copy != subject or hash(copy) != hash(subject):
        raise ConformanceError(f"{subject!r} comes back from {by} as {copy!r}")


def inputs_stay_as_they_are(case: Case) -> None:
    """Nothing that goes in is written to, and a second run gives the same as the first."""
    inputs = tree_map(np.copy, case.inputs)
    first = tree_map(np.copy, case.run(inputs))
    for path, leaf in flatten(case.inputs).items():
        if not np.array_equal(flatten(inputs)[path], leaf):
            raise ConformanceError(f"{path} was written to")
    require_equal(flatten(case.run(inputs)), flatten(first), "a second run", "the first")


def weights_come_from_the_key(case: BackwardCase) -> None:
    """``init`` gives the same for the same key, in the dtype of x, without reading its values; JAX can trace it."""
    import jax

    x = tree_map(lambda leaf: leaf.astype(np.float32) if floating(leaf) else leaf, case.network_input)
    drawn = flatten(case.initialize(ops.key(3), x))
    zeros = tree_map(np.zeros_like, x)
    require_equal(flatten(case.initialize(ops.key(3), zeros)), drawn, "init for an x of zeros", "init")
    with jax.enable_x64(True):
        traced = jax.eval_shape(lambda key: flatten(case.initialize(key, x)), ops.key(3))
    require_paths(traced, drawn, "init on JAX")
    for path, leaf in drawn.items():
        if floating(leaf) and leaf.dtype != np.float32:
            raise ConformanceError(f"init gives {path} in {leaf.dtype} for x in float32: make it in x.dtype")
        if (leaf.shape, leaf.dtype) != (traced[path].shape, traced[path].dtype):
            raise ConformanceError(
                f"init gives {path} as {traced[path]} on JAX, but {leaf.dtype} {leaf.shape} on NumPy"
            )


def trees_keep_their_form(case: BackwardCase) -> None:
    """Every gradient has the tree, shapes and dtypes of what it is by; a state or a carry keeps its own."""
    got, wanted = case.forms(case.on_numpy)
    require_shapes(got, wanted, type(case.subject).__name__)
    for path, leaf in wanted.items():
        if np.asarray(got[path]).dtype != leaf.dtype:
            raise ConformanceError(f"{path} is {np.asarray(got[path]).dtype}, not {leaf.dtype}")


def cache_is_named_arrays(case: BackwardCase) -> None:
    """The cache is a dict by name, with arrays (or trees of them) in it, and nothing else."""
    for mode, cache in case.caches.items():
        if not isinstance(cache, dict) or not all(isinstance(name, str) for name in cache):
            raise ConformanceError(f"the cache ({mode}) is {cache!r}, not a dict of arrays by name")
        for path, leaf in items(cache):
            if not hasattr(leaf, "__array_namespace__"):
                raise ConformanceError(f"the cache ({mode}) has {leaf!r} as {path}, which is not an array")


def only_random_layers_need_a_key(case: LayerCase) -> None:
    """In use the key changes nothing and none is needed; in training it matters only to one that says ``is_random``."""
    inputs = case.inputs["use"]
    for mode, train in MODES.items():
        if train and case.subject.is_random():
            continue
        with_key, without = (flatten(case.run_once(inputs | {"key": key}, train)) for key in (ops.key(5), None))
        require_equal(with_key, without, f"{mode} with a key", f"{mode} without")


def a_value_for_each_example(case: LossCase) -> None:
    """``value`` has shape (B,), ``gradient`` that of y, ``predict`` too or that of a member's y, and all are finite."""
    y, outputs = case.inputs["y"], flatten(case.on_numpy)
    said = y[:, 0] if isinstance(case.subject, EnsembleLoss) else y
    alike = {path: leaf.shape for path, leaf in items({"gradient": y, "predict": said})}
    wanted = {"value": (count_examples(y),), **alike}
    require_paths(outputs, wanted, type(case.subject).__name__)
    for path, shape in wanted.items():
        if outputs[path].shape != shape or not np.isfinite(outputs[path]).all():
            raise ConformanceError(
                f"{path} must be {shape} finite numbers for y of shape {tree_map(np.shape, y)}, not {outputs[path]}"
            )
