"""Whether a loss looks at each example alone, and gives one number for it."""

from __future__ import annotations

import numpy as np

from pellucid.diagnosis.case import Case
from pellucid.diagnosis.finding import Finding
from pellucid.diagnosis.first_pass import FirstPass

EXAMPLES = 6
BY_CHANCE = 1e-6
"""By how much two float32 sums in another order may differ, of their size."""


def loss_by_example(case: Case) -> list[Finding]:
    """The loss of a batch is that of its examples, one by one; its gradient likewise."""
    first = FirstPass(case, EXAMPLES)
    rows = first.rows
    if len(rows) < 2 or not isinstance(rows.y, np.ndarray):
        return []
    y = first.outputs
    if not isinstance(y, np.ndarray) or not np.isfinite(y).all():
        return []
    together = np.asarray(case.loss.value(y, rows.y))
    if together.shape != (len(rows),):
        return [_mixed(f"the loss of {len(rows)} examples has shape {together.shape}, not ({len(rows)},)", rows.y)]
    alone = [(y[i : i + 1], rows.y[i : i + 1]) for i in range(len(rows))]
    values = np.concatenate([np.reshape(case.loss.value(*one), -1) for one in alone])
    if not _alike(together, values):
        return [_mixed("an example's loss is another one beside other examples than alone", rows.y)]
    slopes = np.asarray(case.loss.gradient(y, rows.y))
    alone_slopes = np.concatenate([np.asarray(case.loss.gradient(*one)) for one in alone])
    if not _alike(slopes, alone_slopes):
        ratio = np.linalg.norm(slopes) / max(float(np.linalg.norm(alone_slopes)), 1e-30)
        return [_mixed(f"beside others an example's gradient is {ratio:.3g} times as long as alone", rows.y)]
    return []


def _alike(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and np.allclose(one, other, rtol=1e3 * BY_CHANCE, atol=BY_CHANCE)


def _mixed(seen: str, y: np.ndarray) -> Finding:
    return Finding(
        "loss mixes examples",
        "error",
        f"{seen} (targets of shape {y.shape})",
        "A loss gives each example its own number, and the trainer takes their mean. One that compares every output "
        "with every target, as (N,) against (N, 1) does, or adds up what should be averaged, teaches the mean of all "
        "targets, or takes steps N times as long.",
        "E = (1/N) sum_i E_i",
    )
