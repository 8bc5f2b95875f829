"""The job of ``pellucid train``: everything made ready, trained, measured, and written to the run folder."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.blocks import TiedAutoencoder
from pellucid.cli.output import say
from pellucid.combinators import record
from pellucid.data import Dataset, Split
from pellucid.errors import ConfigError, DataError
from pellucid.jobs.network import check_outputs, make_loss, make_network, training_options
from pellucid.jobs.settings import NETWORK, Settings, gather_settings
from pellucid.jobs.source import TAKEN, data_of_run, load_data, settings_of
from pellucid.layer import Layer, Loss
from pellucid.layers import Dense
from pellucid.report import baselines, forecast_errors, series_baselines
from pellucid.runs import Run, RunFolder, fit
from pellucid.runs.description import describe_data, holds_run
from pellucid.train import Trained
from pellucid.train.metrics import measure
from pellucid.trees import leaves


@dataclass
class Job:
    """A training, ready to go: nothing has been written yet."""

    settings: Settings
    dataset: Dataset
    model: Layer
    loss: Loss
    folder: RunFolder
    resume: bool
    quiet: bool

    def run(self) -> dict[str, Any]:
        """Train, measure, write; the result as ``--json`` prints it."""
        data = self.dataset
        trained = fit(
            self.model,
            self.loss,
            data,
            progress=not self.quiet,
            run=self.folder,
            resume=self.resume,
            **training_options(self.settings, len(data.train)),
        )
        result = {
            "run": str(self.folder.path),
            "task": data.task,
            "engine": trained.engine,
            "epochs": len(trained.history.epochs),
            "best_epoch": trained.best_epoch,
            "stopped": trained.stopped,
            "seconds": round(trained.seconds, 3),
            "rows": {part: len(getattr(data, part)) for part in ("train", "validation", "test")},
            **{part: self._measured(trained, getattr(data, part)) for part in ("train", "validation", "test")},
            "baseline": {} if trained.stopped == "interrupted" else self._baselines(trained),
            "notes": list(data.notes),
        }
        self.folder.describe(result=result)
        return result

    def _baselines(self, trained: Trained) -> dict[str, dict[str, Any]]:
        if not self.quiet:
            say("fitting a linear model to compare with")
        data = self.dataset
        if data.task == "forecasting":
            return series_baselines(data.train, data.test, self.settings.seed)
        size = _narrowest(trained, data.train.x[:1]) if data.task == "reconstruction" else data.outputs
        train, test = (Split(data.preprocessing.plain(part.x), part.y) for part in (data.train, data.test))
        return baselines(data.task, train, test, size, self.settings.seed)

    def _measured(self, trained: Trained, part: Split) -> dict[str, float]:
        outputs, target = trained.outputs(part.x), self.dataset.preprocessing.target
        # The data says which task this is: inputs given back may look like classes, rows of zeros with a single one.
        measured = measure(trained.loss, outputs, part.y, target.task == "classification")
        if target.task == "forecasting":
            return {"loss": measured["loss"], **forecast_errors(trained.loss.predict(outputs), part.y)}
        if target.task == "regression":
            error = target.decode(trained.loss.predict(outputs)) - target.decode(part.y)
            measured["rmse"] = float(np.sqrt((error**2).mean()))
        return measured


def _narrowest(trained: Trained, x: np.ndarray) -> int:
    """How many numbers the smallest layer gives out: for an autoencoder, the size of its code."""
    if isinstance(trained.model, TiedAutoencoder):
        return min(layer.units for layer in trained.model.encoder.layers if isinstance(layer, Dense))
    taps = record(trained.model, trained.params, trained.state, x).values()
    return min(sum(int(leaf[0].size) for leaf in leaves(tap["y"])) for tap in taps)


def prepare(config: Path | None, options: dict[str, Any], out: Path | None, resume: Path | None, quiet: bool) -> Job:
    """Read settings and data, make the network; everything that can be wrong is found here or before training."""
    if resume is None:
        settings = gather_settings(config, options)
        path = _new_folder(out, settings.data)
    else:
        if config is not None or out is not None:
            raise ConfigError("--resume goes on with a run as it was set up: leave out --config and --out")
        settings, path = _resumed(resume, options), resume
    if not quiet:
        say(f"reading {settings.data}")
    dataset = load_data(settings) if resume is None else data_of_run(settings, resume)
    (model, notes), loss = make_network(settings, dataset), make_loss(settings, dataset.task)
    dataset = replace(dataset, notes=(*dataset.notes, *notes))
    if not quiet:
        for note in dataset.notes:
            say(note)
    check_outputs(model, dataset)
    description = _description(settings, dataset)
    if resume is not None:
        before = Run(path)
        if before.fingerprint != description["data"]["fingerprint"]:
            raise DataError(f"{settings.data} is not what {path} was trained on: go on with the same data, or anew")
        description = {**description, "command": before.command, "resumed": description["command"]}
    folder = RunFolder(path, description, dataset.preprocessing)
    return Job(settings, dataset, model, loss, folder, resume is not None, quiet)


def _description(settings: Settings, dataset: Dataset) -> dict[str, Any]:
    """What ``run.json`` says of the run before it starts."""
    return {
        "command": shlex.join(["pellucid", *sys.argv[1:]]),
        "settings": settings.model_dump(exclude_none=True),
        "data": describe_data(dataset),
        "task": dataset.task,
    }


def _resumed(run: Path, options: dict[str, Any]) -> Settings:
    """The settings of the run with the options over them. Raises ConfigError for those that would change the run."""
    data = {"data", *set().union(*TAKEN.values())}
    fixed = data | NETWORK | {"loss", "label_smoothing", "optimizer", "seed", "engine"}
    changed = {name: value for name, value in options.items() if value is not None}
    for name in sorted(fixed & changed.keys()):
        option = "DATA" if name == "data" else f"--{name.replace('_', '-')}"
        raise ConfigError(
            f"--resume goes on with the same data, network, optimizer, seed and engine: leave out {option}"
        )
    return settings_of(run, {**changed, "engine": Run(run).engine})


def _new_folder(out: Path | None, data: str) -> Path:
    if out is None:
        name = Path(data).stem or "run"
        return next(path for i in range(1, 1_000_000) if not (path := Path("runs") / f"{name}-{i}").exists())
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        hint = f"go on with it by --resume {out}, or choose" if holds_run(out) else "choose"
        raise ConfigError(f"--out {out} is there already: {hint} another folder")
    return out
