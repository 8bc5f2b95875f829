"""What first weights and structure decide: units that stay alike, layers that are one, inputs that do not matter."""

from __future__ import annotations

import numpy as np

from pellucid import trees
from pellucid.diagnosis.case import Case
from pellucid.diagnosis.finding import Finding
from pellucid.diagnosis.first_pass import FirstPass
from pellucid.diagnosis.rewrite import flat_layers
from pellucid.layers import Dense, Identity
from pellucid.trees import flatten
from pellucid.types import Params

EXAMPLES, FEW = 32, 5


def symmetric_units(case: Case) -> list[Finding]:
    """Hidden units of a layer that start with the same weights and get the same gradient: they stay alike for good."""
    first = FirstPass(case, EXAMPLES)
    slopes = first.gradients
    for path, weight in _hidden_weights(first.params):
        units = weight.shape[-1]
        columns = np.vstack([_by_unit(weight), _by_unit(slopes[path])])
        alike = np.unique(columns, axis=1).shape[1]
        if units > 1 and alike < units and np.isfinite(columns).all():
            return [_units_alike(path.rpartition("/")[0], units, alike)]
    return []


def _units_alike(path: str, units: int, different: int) -> Finding:
    return Finding(
        "units that stay alike",
        "error" if different == 1 else "warning",
        f"the {units} units of {path} are {different} different: equal weights, equal gradients",
        "Units that start alike and get the same gradient stay alike, whatever the number of steps: a layer of many is "
        "a layer of few. Draw the first weights at random, by fan-in.",
        "w_i = w_j and dE/dw_i = dE/dw_j",
        path=path,
        numbers={"units": units, "different": different},
    )


def no_nonlinearity(case: Case) -> list[Finding]:
    """Dense layers and nothing between them that bends: together they are one linear map."""
    layers = flat_layers(case.model) or ()
    dense = [(i, layer) for i, layer in enumerate(layers) if isinstance(layer, Dense)]
    if len(dense) < 2 or not all(isinstance(layer, (Dense, Identity)) for layer in layers[: dense[-1][0]]):
        return []
    if min(layer.units for _, layer in dense[:-1]) < dense[-1][1].units:  # a narrow middle is meant: it bounds the rank
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


def outputs_by_example(case: Case) -> list[Finding]:
    """In use, the output of an example is the same alone as beside others."""
    first = FirstPass(case, FEW)
    together = list(trees.leaves(first.outputs))
    for i in range(len(first.rows)):
        alone, _ = first.forward(first.rows.take(np.array([i])).x)
        for beside, single in zip(together, trees.leaves(alone), strict=True):
            if not np.allclose(beside[i], single[0], rtol=1e-3, atol=1e-5, equal_nan=True):
                return [_mixed()]
    return []


def _mixed() -> Finding:
    return Finding(
        "network mixes examples",
        "error",
        "the output of an example is another one beside other examples than alone",
        "A layer adds up or normalises over the examples of a batch, most often for a wrong axis: the first is that "
        "of examples. What is learnt then depends on what else happens to be in the batch.",
    )


def ignored_inputs(case: Case) -> list[Finding]:
    """Outputs that are the same for every example."""
    first = FirstPass(case, EXAMPLES)
    rows = first.rows
    if len(rows) < 2 or _all_equal(first.params):
        return []
    leaves = [np.asarray(leaf) for leaf in trees.leaves(first.outputs)]
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
            "Training can then learn what is most frequent, and nothing else. Look at how inputs are read, and at a "
            "layer that multiplies by 0, or whose units are all silent, or saturated to the last digit.",
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
