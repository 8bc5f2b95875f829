"""What first weights and structure alone decide: units that stay alike, layers that are one, inputs that do not matter."""

from __future__ import annotations

import numpy as np

from pellucid import ops, trees
from pellucid.diagnosis.case import Case
from pellucid.diagnosis.finding import Finding
from pellucid.diagnosis.rewrite import flat_layers, is_activation
from pellucid.layers import Dense, Identity
from pellucid.shape_inference import first_weights
from pellucid.trees import flatten
from pellucid.types import Params

EXAMPLES = 32


def symmetric_units(case: Case) -> list[Finding]:
    """Hidden units of a layer that start with the same weights and get the same gradient: they stay alike for good."""
    rows, key = case.rows(EXAMPLES), ops.key(0)
    params, state = first_weights(case.model, key, rows.x)
    with np.errstate(all="ignore"):
        y, cache, _ = case.model.forward(params, state, rows.x, key, train=False)
        dy = trees.tree_map(lambda leaf: leaf / len(rows), case.loss.gradient(y, rows.y))
        gradients, _ = case.model.backward(params, cache, dy)
    found = []
    for path, weight in _hidden_weights(params):
        slope = flatten(gradients)[path]
        units = weight.shape[-1]
        alike = np.unique(np.vstack([_by_unit(weight), _by_unit(slope)]), axis=1).shape[1]
        if units > 1 and alike < units and np.isfinite(slope).all():
            where = path.rpartition("/")[0]
            found.append(
                Finding(
                    "units that stay alike",
                    "error" if alike == 1 else "warning",
                    f"the {units} units of {where} are {alike} different ones: equal weights, equal gradients",
                    "Units that start alike and get the same gradient stay alike, whatever the number of steps: a layer of "
                    "many is a layer of few. Draw the first weights at random, by fan-in.",
                    "w_i = w_j and dE/dw_i = dE/dw_j",
                    path=where,
                    numbers={"units": units, "different": alike},
                )
            )
    return found[:1] if found else []


def no_nonlinearity(case: Case) -> list[Finding]:
    """Several dense layers and nothing between them that bends: together they are one linear map."""
    layers = flat_layers(case.model)
    if layers is None:
        return []
    dense = [i for i, layer in enumerate(layers) if isinstance(layer, Dense)]
    plain = (
        all(isinstance(layer, (Dense, Identity)) or i > dense[-1] for i, layer in enumerate(layers)) if dense else False
    )
    narrow = dense and min(layers[i].units for i in dense[:-1] or dense) < layers[dense[-1]].units  # type: ignore[attr-defined]
    if len(dense) < 2 or not plain or narrow:  # a narrow middle is meant: it bounds the rank
        return []
    bends = any(is_activation(layer) for layer in layers[: dense[-1]] if not isinstance(layer, Identity))
    if bends:
        return []
    return [
        Finding(
            "no non-linearity",
            "warning",
            f"{len(dense)} dense layers follow each other with nothing between them",
            "A linear map of a linear map is a linear map: the network can do what one layer could, and no more.",
            "W2 (W1 x) = (W2 W1) x",
        )
    ]


def ignored_inputs(case: Case) -> list[Finding]:
    """Outputs that are the same for every example."""
    rows, key = case.rows(EXAMPLES), ops.key(0)
    params, state = first_weights(case.model, key, rows.x)
    if len(rows) < 2 or _all_equal(params):
        return []
    with np.errstate(all="ignore"):
        y = case.model.forward(params, state, rows.x, key, train=False)[0]
    leaves = [np.asarray(leaf) for leaf in trees.leaves(y)]
    differ = any(not np.array_equal(leaf, np.broadcast_to(leaf[:1], leaf.shape), equal_nan=True) for leaf in leaves)
    varied = any(not np.array_equal(x, np.broadcast_to(x[:1], x.shape)) for x in map(np.asarray, trees.leaves(rows.x)))
    if differ or (varied and not all(np.isfinite(leaf).all() for leaf in leaves)):
        return []
    what = "inputs of all examples are the same" if not varied else "the outputs do not depend on the inputs"
    return [
        Finding(
            "data not used",
            "error",
            f"{what}: {len(rows)} examples have one and the same output at the start",
            "Training can then learn what is most frequent, and nothing else. Look at how the inputs are read, and at a layer "
            "that multiplies by 0, or whose units are all silent, or saturated to the last digit.",
        )
    ]


def _hidden_weights(params: Params) -> list[tuple[str, np.ndarray]]:
    """Matrices of weights, but the last one's: outputs that are alike differ by their targets."""
    found = [
        (path, np.asarray(leaf)) for path, leaf in flatten(params).items() if path.endswith("/W") and leaf.ndim >= 2
    ]
    return found[:-1]


def _by_unit(array: np.ndarray) -> np.ndarray:
    return array.reshape(-1, array.shape[-1])


def _all_equal(params: Params) -> bool:
    """Whether every array has one number all over, so that outputs need not differ: symmetry, which is told as such."""
    return all(np.ptp(np.asarray(leaf)) == 0 for leaf in trees.leaves(params) if np.size(leaf))
