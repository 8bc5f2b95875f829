"""A cure, which is settings by name, applied to a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pellucid.diagnosis.case import Case
from pellucid.diagnosis.changes.inputs import normalise_inputs, normalise_targets, whiten_inputs
from pellucid.diagnosis.changes.labels import relabelled

TO_DATA = {
    ("inputs", "normalised"): normalise_inputs,
    ("inputs", "whitened"): whiten_inputs,
    ("targets", "normalised"): normalise_targets,
}
"""What is done to data, by the name of the setting and its value."""


def apply_cure(case: Case, cure: Mapping[str, Any]) -> Case:
    """The case with the cure of a finding: see ``Finding.cure``."""
    options: dict[str, Any] = {}
    for name, value in cure.items():
        if name in ("model", "loss"):
            case = replace(case, **{name: value})
        elif name == "rows":
            case = next((change.apply(case) for change in relabelled(case)), case)
        elif name in ("inputs", "targets"):
            case = TO_DATA[name, value](case)
        elif name != "learning_rate":
            options[name] = value
    if "learning_rate" in cure:
        rule: Any = options.get("optimizer", case.optimizer)
        options["optimizer"] = replace(rule, learning_rate=cure["learning_rate"])
    return case.with_options(**options)
