"""Whether a loss looks at each example alone, and gives one number for it."""

from __future__ import annotations

import numpy as np

from pellucid import ops, trees
from pellucid.diagnosis.case import Case
from pellucid.diagnosis.finding import Finding
from pellucid.shape_inference import first_weights

EXAMPLES = 6
BY_CHANCE = 1e-6
"""By how much two float32 sums in another order may differ, of their size."""


def loss_by_example(case: Case) -> list[Finding]:
    """The loss of a batch is that of its examples, one by one; its gradient likewise."""
    rows = case.rows(EXAMPLES)
    if len(rows) < 2 or not isinstance(rows.y, np.ndarray):
        return []
    key = ops.key(0)
    params, state = first_weights(case.model, key, rows.x)
    with np.errstate(all="ignore"):
        y = case.model.forward(params, state, rows.x, key, train=False)[0]
        if not isinstance(y, np.ndarray) or not np.isfinite(y).all():
            return []
        together, slopes = np.asarray(case.loss.value(y, rows.y)), np.asarray(case.loss.gradient(y, rows.y))
        alone = [
            (
                np.asarray(case.loss.value(y[i : i + 1], rows.y[i : i + 1])),
                case.loss.gradient(y[i : i + 1], rows.y[i : i + 1]),
            )
            for i in range(len(rows))
        ]
    values = np.concatenate([np.reshape(value, -1) for value, _ in alone])
    if together.shape != (len(rows),):
        return [_broadcast(f"the loss of {len(rows)} examples has shape {together.shape}, not ({len(rows)},)", rows)]
    if not np.allclose(together, values, rtol=1e3 * BY_CHANCE, atol=BY_CHANCE):
        return [_broadcast("an example's loss is another one beside other examples than alone", rows)]
    alone_slopes = np.concatenate([np.asarray(slope) for _, slope in alone])
    if slopes.shape != alone_slopes.shape or not np.allclose(
        slopes, alone_slopes, rtol=1e3 * BY_CHANCE, atol=BY_CHANCE
    ):
        ratio = np.linalg.norm(slopes) / max(float(np.linalg.norm(alone_slopes)), 1e-30)
        return [_broadcast(f"beside others an example's gradient is {ratio:.3g} times as long as alone", rows)]
    return []


def _broadcast(seen: str, rows: object) -> Finding:
    shapes = trees.tree_map(lambda leaf: leaf.shape, getattr(rows, "y", None))
    return Finding(
        "loss mixes examples",
        "error",
        f"{seen} (targets of shape {shapes})",
        "A loss gives each example its own number, and the trainer takes their mean. One that compares every output with "
        "every target, as (N,) against (N, 1) does, or adds up what should be averaged, teaches the mean of all targets, "
        "or takes steps N times as long.",
        "E = (1/N) sum_i E_i",
    )
