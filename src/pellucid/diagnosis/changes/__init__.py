"""Changes of a training, a kind a function: what a diagnosis tries, of like evidence the first listed first."""

from pellucid.diagnosis.changes.change import Change, MakeChanges
from pellucid.diagnosis.changes.fitting import batches, clipping, dropouts, more_steps, penalties, stopping
from pellucid.diagnosis.changes.inputs import scaled_inputs, scaled_targets
from pellucid.diagnosis.changes.labels import relabelled
from pellucid.diagnosis.changes.learning_rate import learning_rates, other_rules
from pellucid.diagnosis.changes.network import activations, depths, initializers, widths
from pellucid.diagnosis.changes.output import outputs

CHANGES: tuple[MakeChanges, ...] = (
    learning_rates, scaled_inputs, scaled_targets, outputs, initializers, activations, widths, depths, penalties,
    dropouts, stopping, relabelled, more_steps, batches, clipping, other_rules,
)  # fmt: skip
"""All kinds."""

GENERAL = ("optimizer", "too few steps", "batch too small", "exploding gradients")
"""Faults whose cure hides others: of changes that do as well, any other is the likelier cause."""

__all__ = ["CHANGES", "GENERAL", "Change"]
