"""How the inputs of a run were prepared: ``preprocessing.json``, and the matrices beside it."""

from __future__ import annotations

import json
from pathlib import Path

from pellucid.data import Preparation, restore_preparation
from pellucid.errors import RunError
from pellucid.files import to_json, write_atomic
from pellucid.own_files import read_own
from pellucid.runs.layout import MATRICES, PREPARATION
from pellucid.weights import load_arrays, save_arrays


def write_preparation(folder: Path, preparation: Preparation) -> None:
    """Write it, the matrices first: whoever finds the JSON finds them too."""
    if matrices := preparation.arrays():
        save_arrays(folder / MATRICES, matrices)
    write_atomic(folder / PREPARATION, to_json(preparation.to_dict(), indent=2) + "\n")


def read_preparation(folder: Path) -> Preparation | None:
    """The preparation, equal to the last bit; None where there is none. Raises RunError where a file is damaged."""
    path = folder / PREPARATION
    try:
        values = json.loads(read_own(path))
        matrices = isinstance(values, dict) and "rotation" in values
        return restore_preparation(values, load_arrays(folder / MATRICES, read_own) if matrices else None)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise RunError(f"{path} cannot be read ({error}): restore it or train again") from None
