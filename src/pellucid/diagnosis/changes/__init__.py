"""Changes of a training, a kind a function: what a diagnosis tries."""

from pellucid.diagnosis.changes.change import Change, MakeChanges
from pellucid.diagnosis.changes.fitting import batches, clipping, dropouts, more_steps, penalties, stopping
from pellucid.diagnosis.changes.inputs import scaled_inputs, scaled_targets
from pellucid.diagnosis.changes.labels import relabelled
from pellucid.diagnosis.changes.learning_rate import learning_rates, other_rules
from pellucid.diagnosis.changes.network import activations, initializers, outputs, widths

UNDERFITTING: tuple[MakeChanges, ...] = (
    learning_rates, scaled_inputs, scaled_targets, initializers, outputs, activations, widths, more_steps, batches,
    clipping, penalties, dropouts, relabelled, other_rules,
)  # fmt: skip
"""What may help a training whose error on its own examples is large."""

OVERFITTING: tuple[MakeChanges, ...] = (
    penalties, dropouts, stopping, relabelled, learning_rates, scaled_inputs, scaled_targets, initializers, outputs,
    activations, widths, other_rules,
)  # fmt: skip
"""What may help one whose error is large on validation alone."""

__all__ = ["OVERFITTING", "UNDERFITTING", "Change", "MakeChanges"]
