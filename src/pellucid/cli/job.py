"""The job of ``pellucid train``: everything made ready, trained, measured, and written to the run folder."""

from __future__ import annotations

import json
import shlex
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.cli.network import make_loss, make_network, training_options
from pellucid.cli.output import say
from pellucid.cli.settings import Settings, gather_settings, validate
from pellucid.data import DATASETS, Dataset, Preprocessing, dataset_from_table, load_dataset, read_table
from pellucid.errors import ConfigError, DataError, RunError
from pellucid.layer import Layer, Loss
from pellucid.report import baselines
from pellucid.train import RunFolder, Trained, fit
from pellucid.train.run import read_description

PREPROCESSING = "preprocessing.json"


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
            **{part: self._measured(trained, getattr(data, part)) for part in ("train", "validation", "test")},
            "baseline": baselines(data.task, data.train, data.test, data.outputs, self.settings.seed),
        }
        self.folder.describe(result=result)
        return result

    def _measured(self, trained: Trained, part: Any) -> dict[str, float]:
        measured = trained.evaluate(part)
        if self.dataset.task == "regression":
            decode = self.dataset.preprocessing.target.decode
            error = decode(trained.predict(part.x)) - decode(part.y)
            measured["rmse"] = float(np.sqrt((error**2).mean()))
        return measured


def prepare(config: Path | None, options: dict[str, Any], out: Path | None, resume: Path | None, quiet: bool) -> Job:
    """Read settings and data, make the network; everything that can be wrong is found here or before training."""
    if resume is None:
        settings = gather_settings(config, options)
        path = _new_folder(out, settings.data)
    else:
        if config is not None or out is not None:
            raise ConfigError("--resume goes on with a run as it was set up: leave out --config and --out")
        settings, path = settings_of(resume, options), resume
    dataset = load_data(settings)
    if not quiet:
        for note in dataset.notes:
            say(note)
    model, loss = make_network(settings, dataset.outputs), make_loss(settings, dataset.task)
    description = _description(settings, dataset)
    if resume is not None:
        before = read_description(path)
        if before.get("data", {}).get("fingerprint") != description["data"]["fingerprint"]:
            raise DataError(f"{settings.data} is not what {path} was trained on: go on with the same data, or anew")
        description = {**description, "command": before.get("command"), "resumed": description["command"]}
    folder = RunFolder(path, description, {PREPROCESSING: dataset.preprocessing.to_dict()})
    return Job(settings, dataset, model, loss, folder, resume is not None, quiet)


def load_data(settings: Settings) -> Dataset:
    """The data set or table that ``settings.data`` names, ready to train on."""
    if settings.data in DATASETS:
        if settings.target is not None:
            raise ConfigError(f"--target is for files; the data set {settings.data!r} has its own target")
        return load_dataset(settings.data, settings.seed)
    path = Path(settings.data)
    if not path.suffix and not path.exists():
        raise DataError(str(_unknown_data(settings.data)))
    header: Any = {"auto": "auto", "yes": True, "no": False}[settings.header]
    table = read_table(path, settings.target, header=header, missing=settings.missing)
    return dataset_from_table(table, task=settings.task, seed=settings.seed, categorical=settings.categorical)


def _unknown_data(name: str) -> Exception:
    from pellucid.errors import UnknownNameError

    return UnknownNameError("data set (and no such file)", name, DATASETS)


def _description(settings: Settings, dataset: Dataset) -> dict[str, Any]:
    """What ``run.json`` says of the run before it starts."""
    return {
        "command": shlex.join(["pellucid", *sys.argv[1:]]),
        "settings": settings.model_dump(exclude_none=True),
        "data": {
            "name": dataset.name,
            "target": dataset.target,
            "classes": dataset.classes,
            "features": list(dataset.features),
            "rows": {part: len(getattr(dataset, part)) for part in ("train", "validation", "test")},
            "fingerprint": _fingerprint(dataset),
            "notes": list(dataset.notes),
        },
        "task": dataset.task,
    }


def _fingerprint(dataset: Dataset) -> str:
    """A checksum of the training part: whether a run goes on with the data it began with."""
    return f"{zlib.crc32(dataset.train.y.tobytes(), zlib.crc32(dataset.train.x.tobytes())):08x}"


def settings_of(run: Path, options: dict[str, Any]) -> Settings:
    """The settings a run was made with, with the options given over them. Raises RunError, ConfigError."""
    description = read_description(run)
    if not isinstance(description.get("settings"), dict):
        raise RunError(f"{run} was not made by 'pellucid train': it can be used, but not resumed from here")
    fixed = {"data", "target", "task", "header", "missing", "categorical", "hidden", "activation", "seed"}
    changed = {name: value for name, value in options.items() if value is not None}
    for name in fixed & changed.keys():
        raise ConfigError(f"--resume goes on with the same data, network and seed: leave out --{name}")
    return validate({**description["settings"], **changed}, str(run))


def _new_folder(out: Path | None, data: str) -> Path:
    if out is None:
        name = Path(data).stem or "run"
        return next(path for i in range(1, 1_000_000) if not (path := Path("runs") / f"{name}-{i}").exists())
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        hint = f"go on with it by --resume {out}, or choose" if (out / "run.json").exists() else "choose"
        raise ConfigError(f"--out {out} is there already: {hint} another folder")
    return out


def read_preprocessing(run: Path) -> Preprocessing:
    """How the run's inputs were prepared. Raises RunError where the file is missing or damaged."""
    path = run / PREPROCESSING
    try:
        return Preprocessing.from_dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise RunError(f"{run} has no {PREPROCESSING}: it was not made by 'pellucid train'") from None
    except (OSError, ValueError) as error:
        raise RunError(f"{path} cannot be read ({error}): restore it or train anew") from None
