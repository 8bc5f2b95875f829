"""Where data comes from: a known set or files, read as the settings say, anew or as a run had it."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

from pellucid.cli.settings import Settings, validate
from pellucid.data import DATASETS, Dataset, Preprocessing, dataset_from_table, load_dataset, read_table
from pellucid.errors import ConfigError, RunError, UnknownNameError
from pellucid.train.run import read_description

PREPROCESSING = "preprocessing.json"
"""The file of a run folder that says how inputs were prepared."""

FOR_FILES = ("target", "test", "header", "missing", "categorical", "task")
"""Settings that a known data set has no use for."""


def load_data(settings: Settings) -> Dataset:
    """The data set or table that ``settings.data`` names, ready to train on."""
    if settings.data in DATASETS:
        usual = Settings()
        for name in FOR_FILES:
            value = getattr(settings, name)
            if value != getattr(usual, name) and (name, value) != ("task", "reconstruction"):
                raise ConfigError(f"{name} is for files; {settings.data!r} is a data set that is known: leave it out")
        dataset = load_dataset(settings.data, settings.seed)
        return dataset.as_reconstruction() if settings.task == "reconstruction" else dataset
    path = Path(settings.data)
    if not path.suffix and not path.exists():
        raise UnknownNameError("data set (and no such file)", settings.data, DATASETS)
    table = read_table(path, settings.target, **reading(settings))
    test = None if settings.test is None else read_table(settings.test, **reading(settings))
    return dataset_from_table(
        table, task=settings.task, seed=settings.seed, categorical=settings.categorical, test=test
    )


def reading(settings: Settings) -> dict[str, Any]:
    """How a file is read, as ``read_table`` takes it."""
    return {"header": {"auto": "auto", "yes": True, "no": False}[settings.header], "missing": settings.missing}


def fingerprint(dataset: Dataset) -> str:
    """A checksum of the training part, by which a run knows the data it began with."""
    return f"{zlib.crc32(dataset.train.y.tobytes(), zlib.crc32(dataset.train.x.tobytes())):08x}"


def fingerprint_of(description: dict[str, Any]) -> str | None:
    """The checksum that ``run.json`` states, if it does."""
    data = description.get("data")
    return data.get("fingerprint") if isinstance(data, dict) else None


def settings_of(run: Path, options: dict[str, Any]) -> Settings:
    """The settings a run was made with, and over them the options given. Raises RunError, ConfigError."""
    description = read_description(run)
    if not isinstance(description.get("settings"), dict):
        raise RunError(f"{run} was not made by 'pellucid train': load it from Python with load_run")
    given = {name: value for name, value in options.items() if value is not None}
    return validate({**description["settings"], **given}, str(run))


def read_preprocessing(run: Path) -> Preprocessing:
    """How the run's inputs were prepared. Raises RunError where the file is missing or damaged."""
    path = run / PREPROCESSING
    try:
        return Preprocessing.from_dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise RunError(f"{run} has no {PREPROCESSING}: it was not made by 'pellucid train'") from None
    except (OSError, ValueError) as error:
        raise RunError(f"{path} cannot be read ({error}): restore it or train anew") from None
