"""The case of ``pellucid train``'s settings, or of a run; and its cure as settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pellucid import spec
from pellucid.diagnosis.case import Case
from pellucid.diagnosis.finding import Diagnosis, Finding
from pellucid.errors import ConfigError
from pellucid.jobs.data import data_of_run, load_data
from pellucid.jobs.gather import settings_of
from pellucid.jobs.network import check_outputs, make_loss, make_network, training_options
from pellucid.jobs.settings import Settings
from pellucid.layer import Layer
from pellucid.regularize import L2
from pellucid.value import Value

LEFT_OUT = ("engine", "seed")
"""What an experiment sets itself."""


def case_of_settings(settings: Settings, run: Path | None = None) -> Case:
    """The training that settings describe; of a run, with the data that it was trained on.

    Raises what ``pellucid train`` does, before training.
    """
    dataset = load_data(settings) if run is None else data_of_run(settings, run)
    model, _ = make_network(settings, dataset)
    loss = make_loss(settings, dataset.task, model)
    check_outputs(model, dataset, loss)
    options = training_options(settings, len(dataset.train), loss)
    kept = {name: value for name, value in options.items() if name not in LEFT_OUT and value is not None}
    return Case(model, loss, dataset.train, dataset.validation, kept)


def case_of_run(run: Path, options: Mapping[str, Any]) -> tuple[Case, Settings]:
    """The training of a run folder, with its settings. Raises RunError, DataError, ConfigError."""
    settings = settings_of(run, dict(options))
    return case_of_settings(settings, run), settings


def cured_settings(settings: Settings, diagnosis: Diagnosis) -> dict[str, Any]:
    """The settings with the cure of the first error that has one. Raises ConfigError where there is none."""
    cures = [finding for finding in diagnosis.errors if finding.cure]
    if not cures:
        raise ConfigError("no cure is proved, so there is nothing to apply")
    said = settings.model_dump(exclude_unset=True, exclude_none=True)
    return {**said, **_as_settings(cures[0], said)}


def _as_settings(finding: Finding, said: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in finding.cure.items():
        if name == "model" and isinstance(value, Layer):
            found["network"] = spec.encode(value)
            found |= dict.fromkeys(("hidden", "activation", "dropout", "code"))
        elif name in ("loss", "optimizer"):
            found[name] = spec.encode(value)
            found |= {"learning_rate": None} if name == "optimizer" else {}
        elif name == "learning_rate" and isinstance(said.get("optimizer"), dict):
            found["optimizer"] = {**said["optimizer"], "learning_rate": value}
        elif name == "penalty" and isinstance(value, L2):
            found["l2"] = value.strength
        elif name == "penalty":
            found |= {"l1": 0.0, "l2": 0.0}
        elif name == "inputs":
            found["prepare"] = {"normalised": "normalise", "whitened": "whiten"}[value]
        elif name == "clip":
            found["clip_norm"] = value.max_norm
        elif name == "early_stopping":
            found["patience"] = value.patience
        elif name in type(finding).__dataclass_fields__ or isinstance(value, Value) or name in ("rows", "targets"):
            raise ConfigError(f"the cure ({name}: {value}) is no setting: make it by hand")
        elif name != "validation":
            found[name] = value
    return found
