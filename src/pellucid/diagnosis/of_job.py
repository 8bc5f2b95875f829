"""The case of ``pellucid train``'s settings, or of a run; and its cure as settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pellucid import spec
from pellucid.data import Dataset
from pellucid.diagnosis.case import Case
from pellucid.diagnosis.finding import Finding
from pellucid.diagnosis.result import Diagnosis
from pellucid.errors import ConfigError
from pellucid.jobs.data import data_of_run, load_data
from pellucid.jobs.gather import settings_of
from pellucid.jobs.network import check_outputs, make_loss, make_network, training_options
from pellucid.jobs.settings import Settings
from pellucid.jobs.training_job import TrainingJob
from pellucid.layer import Layer, Loss
from pellucid.regularize import L2

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
    return _case(settings, dataset, model, loss)


def case_of_job(job: TrainingJob) -> Case:
    """The training that a job will do."""
    return _case(job.settings, job.dataset, job.model, job.loss)


def _case(settings: Settings, dataset: Dataset, model: Layer, loss: Loss) -> Case:
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
    """The cure of a finding as settings of train, None for those that are left out with it."""
    found: dict[str, Any] = {}
    for name, value in finding.cure.items():
        found |= _as_setting(name, value, said)
    return found


def _as_setting(name: str, value: Any, said: dict[str, Any]) -> dict[str, Any]:
    match name:
        case "model":
            return {"network": spec.encode(value), **dict.fromkeys(("hidden", "activation", "dropout", "code"))}
        case "loss":
            return {"loss": spec.encode(value)}
        case "optimizer":
            return {"optimizer": spec.encode(value), "learning_rate": None}
        case "learning_rate" if isinstance(said.get("optimizer"), dict):
            return {"optimizer": {**said["optimizer"], "learning_rate": value}}
        case "penalty":
            return {"l1": None, "l2": value.strength if isinstance(value, L2) else None}
        case "inputs":
            return {"prepare": {"normalised": "normalise", "whitened": "whiten"}[value]}
        case "clip":
            return {"clip_norm": value.max_norm}
        case "early_stopping":
            return {"patience": value.patience}
        case "validation":  # a run has a part of its own for it
            return {}
        case "learning_rate" | "epochs" | "batch_size":
            return {name: value}
    raise ConfigError(f"the cure ({name}: {value}) is no setting of train: make it by hand")
