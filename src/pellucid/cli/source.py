"""Where data comes from: a known set or files, read as the settings say, anew or as a run had it."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

from pellucid.cli.settings import Settings, validate
from pellucid.data import (
    DATASETS,
    Dataset,
    Preparation,
    Preprocessing,
    dataset_from_table,
    load_dataset,
    read_table,
)
from pellucid.errors import ConfigError, RunError, UnknownNameError
from pellucid.train.run import read_description
from pellucid.weights import load_arrays

PREPROCESSING = "preprocessing.json"
"""The file of a run folder that says how inputs were prepared."""

MATRICES = "preprocessing.safetensors"
"""The file with the matrices of that, where columns were decorrelated or whitened."""

FOR_FILES = ("target", "test", "header", "missing", "categorical", "task")
"""Settings that a known data set has no use for."""


def load_data(settings: Settings) -> Dataset:
    """The data set or table that ``settings.data`` names, ready to train on."""
    prepare = Preparation(settings.prepare, settings.components, settings.epsilon)
    if settings.data in DATASETS:
        usual = Settings()
        for name in FOR_FILES:
            value = getattr(settings, name)
            if value != getattr(usual, name) and (name, value) != ("task", "reconstruction"):
                raise ConfigError(f"{name} is for files; {settings.data!r} is a data set that is known: leave it out")
        dataset = load_dataset(settings.data, settings.seed, prepare=prepare)
        return dataset.as_reconstruction() if settings.task == "reconstruction" else dataset
    path = Path(settings.data)
    if not path.suffix and not path.exists():
        raise UnknownNameError("data set (and no such file)", settings.data, DATASETS)
    table = read_table(path, settings.target, **reading(settings))
    test = None if settings.test is None else read_table(settings.test, **reading(settings))
    return dataset_from_table(
        table, task=settings.task, seed=settings.seed, categorical=settings.categorical, test=test, prepare=prepare
    )


def reading(settings: Settings) -> dict[str, Any]:
    """How a file is read, as ``read_table`` takes it."""
    return {"header": {"auto": "auto", "yes": True, "no": False}[settings.header], "missing": settings.missing}


def fingerprint(dataset: Dataset) -> str:
    """A checksum of the training part, by which a run knows the data it began with.

    The last bits of principal components depend on how many threads found them: the scaling they began with stands in.
    """
    preprocessing = dataset.preprocessing
    x = dataset.train.x.tobytes() if preprocessing.rotation is None else repr(preprocessing.numbers).encode()
    y = b"" if preprocessing.target.task == "reconstruction" and preprocessing.rotation else dataset.train.y.tobytes()
    return f"{zlib.crc32(y, zlib.crc32(x)):08x}"


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
        values = json.loads(path.read_text(encoding="utf-8"))
        rotated = isinstance(values, dict) and "rotation" in values
        return Preprocessing.from_dict(values, load_arrays(run / MATRICES) if rotated else None)
    except FileNotFoundError:
        raise RunError(f"{run} has no {PREPROCESSING}: it was not made by 'pellucid train'") from None
    except (OSError, ValueError) as error:
        raise RunError(f"{path} cannot be read ({error}): restore it or train anew") from None
