"""What a run folder says of the job that made it."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.data import Dataset, Preparation, Preprocessing, restore_preparation
from pellucid.errors import RunError
from pellucid.jobs.gather import validate
from pellucid.jobs.settings import Settings
from pellucid.runs.folder import read_description
from pellucid.trees import leaves
from pellucid.weights import load_arrays

PREPROCESSING = "preprocessing.json"
"""The file of a run folder that says how inputs were prepared."""

MATRICES = "preprocessing.safetensors"
"""The file with what of that is too large for JSON: the matrices by which columns were decorrelated or whitened."""


def fingerprint(dataset: Dataset) -> str:
    """A checksum of the training part, by which a run knows the data it began with.

    The last bits of principal components depend on how many threads found them: the scaling they began with stands in.
    """
    preparation, x, y = dataset.preprocessing, dataset.train.x, dataset.train.y
    checksum, arrays = 0, [*leaves(x), *leaves(y)]
    if isinstance(preparation, Preprocessing) and preparation.rotation is not None:
        checksum = zlib.crc32(repr(preparation.numbers).encode())
        arrays = [] if dataset.task == "reconstruction" else arrays[1:]
    for array in arrays:
        checksum = zlib.crc32(np.ascontiguousarray(array).data, checksum)
    return f"{checksum:08x}"


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


def read_preprocessing(run: Path) -> Preparation:
    """How the run's inputs were prepared. Raises RunError where the file is missing or damaged."""
    path = run / PREPROCESSING
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        matrices = isinstance(values, dict) and "rotation" in values
        return restore_preparation(values, load_arrays(run / MATRICES) if matrices else None)
    except FileNotFoundError:
        raise RunError(f"{run} has no {PREPROCESSING}: it was not made by 'pellucid train'") from None
    except (OSError, ValueError) as error:
        raise RunError(f"{path} cannot be read ({error}): restore it or train anew") from None
