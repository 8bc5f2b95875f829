"""Exact tests: each holds or not, by the numbers of network and data, before anything is trained. A test a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pellucid.diagnosis.case import Case
from pellucid.diagnosis.changes.change import MakeChanges
from pellucid.diagnosis.changes.network import activations, initializers
from pellucid.diagnosis.changes.output import outputs
from pellucid.diagnosis.exact.data import (
    columns_alike,
    contradicting_labels,
    one_class_only,
    rows_in_both_parts,
    targets_that_are_all_the_same,
)
from pellucid.diagnosis.exact.gradients import gradients
from pellucid.diagnosis.exact.labels import labels_and_inputs
from pellucid.diagnosis.exact.loss import loss_by_example
from pellucid.diagnosis.exact.network import ignored_inputs, no_nonlinearity, outputs_by_example, symmetric_units
from pellucid.diagnosis.exact.output import output_and_loss, reachable_targets
from pellucid.diagnosis.finding import Finding

ExactTest = Callable[[Case], list[Finding]]

QUICK_TESTS: tuple[ExactTest, ...] = (
    gradients,
    loss_by_example,
    outputs_by_example,
    output_and_loss,
    reachable_targets,
    symmetric_units,
    no_nonlinearity,
    ignored_inputs,
    one_class_only,
    targets_that_are_all_the_same,
)
"""Those that look at a few examples, or at targets alone."""

EXACT_TESTS: tuple[ExactTest, ...] = (
    *QUICK_TESTS,
    labels_and_inputs,
    contradicting_labels,
    columns_alike,
    rows_in_both_parts,
)
"""All of them."""

CURES: Mapping[str, MakeChanges] = {
    "units that stay alike": initializers,
    "softmax over one unit": outputs,
    "probabilities to a loss on logits": outputs,
    "targets out of reach": outputs,
    "no non-linearity": activations,
}
"""The change that cures what a test found, by the name of the finding; of the others the cure is no setting."""
