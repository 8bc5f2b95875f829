"""A training job: everything made ready, trained, measured, and written to a run folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pellucid.data import Dataset
from pellucid.errors import ConfigError, DataError
from pellucid.jobs.data import data_of_run, load_data
from pellucid.jobs.gather import gather_settings, settings_of
from pellucid.jobs.network import (
    check_outputs,
    make_loss,
    make_network,
    name_network,
    renamed_settings,
    training_options,
)
from pellucid.jobs.remarks import remarks
from pellucid.jobs.results import Results
from pellucid.jobs.settings import Settings, WatchSettings
from pellucid.jobs.stopping import CRITERIA
from pellucid.layer import Layer, Loss
from pellucid.runs import Run, RunFolder, fit
from pellucid.runs.description import describe_data
from pellucid.runs.made_again import rates_that_failed
from pellucid.runs.unfinished import holds_run, is_free
from pellucid.train import Trained
from pellucid.train.events import Event, LeastRateReached, Listener

Tell = Callable[[str], None]
"""Where a message for the person goes."""

CHANGEABLE = frozenset(
    (
        *("learning_rate", "l1", "l2", "mixup", "max_norm", "clip_norm", "class_weight", "epochs", "batch_size"),
        *("patience", "monitor", "min_delta", *CRITERIA, "plateau", "plateau_factor", "max_time", "compute"),
        *WatchSettings.model_fields,
    )
)
"""Settings that a run may go on with changed; all others are what it is."""


@dataclass
class TrainingJob:
    """A training, ready to go: nothing has been written yet."""

    settings: Settings
    dataset: Dataset
    model: Layer
    loss: Loss
    folder: RunFolder
    resume: bool
    tell: Tell | None = None
    listeners: tuple[Listener, ...] = ()
    """Listeners besides its own."""
    _remarks: list[str] = field(default_factory=list)

    def run(self) -> dict[str, Any]:
        """Train, measure, write; the result as ``--json`` prints it."""
        with self.folder.locked():
            result = self._result()
            self.folder.describe(result=result)
        return result

    def _result(self) -> dict[str, Any]:
        data, trained = self.dataset, self._train()
        results, baseline = Results(trained, data), {}
        measured = results.parts()
        if trained.stopped != "interrupted":
            if self.tell:
                self.tell("fitting a linear model to compare with")
            baseline = results.baselines(self.settings.seed)
        result: dict[str, Any] = {
            "run": str(self.folder.path),
            "task": data.task,
            "engine": trained.engine,
            "epochs": len(trained.history.epochs),
            "best_epoch": trained.best_epoch,
            "stopped": trained.stopped,
            "seconds": round(trained.seconds, 3),
            "rows": self.folder.description["data"]["rows"],
            **measured,
            "details": results.details(),
            "constant_layer": results.constant_layer(),
            "baseline": baseline,
            "notes": list(data.notes),
        }
        return {**result, "remarks": [*self._remarks, *remarks(result)]}

    def _hear(self, event: Event) -> None:
        if isinstance(event, LeastRateReached):
            self._remarks.append(f"from epoch {event.epoch} on {event.error}; more epochs change little")

    def _train(self) -> Trained:
        return fit(
            self.model,
            self.loss,
            self.dataset,
            progress=self.tell is not None,
            run=self.folder,
            resume=self.resume,
            listeners=[self._hear, *self.listeners],
            **training_options(self.settings, len(self.dataset.train), self.loss),
        )


def prepare_job(
    options: dict[str, Any],
    *,
    config: Path | None = None,
    out: Path | None = None,
    resume: Path | None = None,
    command: str | None = None,
    tell: Tell | None = None,
) -> TrainingJob:
    """Read settings and data, make the network; everything that can be wrong is found here or before training.

    Args:
        options: Settings by name, over those of the file; None where not given.
        config: A TOML file of settings.
        out: The folder to write the run to; ``runs/NAME-N`` if None.
        resume: A run folder whose training to go on with, instead of ``config`` and ``out``.
        command: What the run is said to have been made by.
        tell: Where messages go; None for none.

    Returns:
        The job; ``run`` does it.

    Raises:
        ConfigError, UnknownNameError: For settings that cannot be or do not go together.
        DataError: For data that cannot be read or used.
        RunError: For a run to go on with that is missing or damaged.
    """
    if resume is None:
        settings = gather_settings(config, options)
        path = _new_folder(out, settings.data)
    else:
        if config is not None or out is not None:
            raise ConfigError("--resume goes on with a run as it was set up: leave out --config and --out")
        settings, path = _settings_to_resume(resume, options), resume
    say: Tell = tell or (lambda message: None)
    say(f"reading {settings.data}")
    dataset = load_data(settings) if resume is None else data_of_run(settings, resume)
    model, notes = make_network(settings, dataset)
    loss = make_loss(settings, dataset.task, model)
    dataset = replace(dataset, notes=(*dataset.notes, *notes, *renamed_settings(settings, loss)))
    for note in dataset.notes:
        say(note)
    check_outputs(model, dataset, loss)
    description = _describe(settings, dataset, command)
    if resume is not None:
        before = Run(path)
        if before.fingerprint != description["data"]["fingerprint"]:
            raise DataError(
                f"{settings.data} is not what {path} was trained on: go on with the same data, or train again"
            )
        for line in rates_that_failed(path):
            say(line)
        description = {**description, "command": before.command, "resumed": description["command"]}
    folder = RunFolder(path, description, dataset.preprocessing)
    return TrainingJob(settings, dataset, model, loss, folder, resume is not None, tell)


def _describe(settings: Settings, dataset: Dataset, command: str | None) -> dict[str, Any]:
    """What ``run.json`` says of the run before it starts."""
    return {
        "command": command,
        "settings": settings.model_dump(exclude_none=True),
        "data": describe_data(dataset),
        "network": name_network(settings, dataset),
        "task": dataset.task,
    }


def _settings_to_resume(run: Path, options: dict[str, Any]) -> Settings:
    """The settings of the run with the options over them. Raises ConfigError for those that would change the run."""
    changed = {name: value for name, value in options.items() if value is not None}
    for name in sorted(changed.keys() - CHANGEABLE):
        option = "DATA" if name == "data" else f"--{name.replace('_', '-')}"
        raise ConfigError(
            f"--resume goes on with the same data, network, optimizer, seed and engine: leave out {option}"
        )
    return settings_of(run, {**changed, "engine": Run(run).engine})


def _new_folder(out: Path | None, data: str) -> Path:
    if out is None:
        name = Path(data).stem.strip("-") or "run"
        return next(path for i in range(1, 1_000_000) if not (path := Path("runs") / f"{name}-{i}").exists())
    if out.exists() and not is_free(out):
        hint = f"go on with it by --resume {out}, or choose" if holds_run(out) else "choose"
        raise ConfigError(f"--out {out} is there already: {hint} another folder")
    return out
