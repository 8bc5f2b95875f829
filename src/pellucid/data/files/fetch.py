"""Files of public data sets: from a folder of one's own, or from the net with a checksum, kept in a cache."""

from __future__ import annotations

import os
from pathlib import Path

from pellucid.errors import DataError

FOLDER = "PELLUCID_DATA"
"""The environment variable that names a folder with a subfolder for each data set."""


def fetch(name: str, file: str, url: str, sha256: str) -> Path:
    """Where ``file`` of the data set ``name`` lies on this machine.

    Looked for in ``$PELLUCID_DATA/name/``, then in the user's cache; else fetched into the cache from the folder
    ``url``. What is in the cache must have the checksum ``sha256``. Raises DataError where it cannot be had.
    """
    if (own := find_local(name, file)) is not None:
        return own
    import pooch

    try:
        return Path(pooch.retrieve(f"{url}/{file}", f"sha256:{sha256}", file, cache_folder(name)))
    except (OSError, ValueError) as error:
        raise DataError(
            f"{name} cannot be fetched ({error}): connect to the net, or set {FOLDER} to a folder with {name}/{file}"
        ) from error


def find_local(name: str, file: str) -> Path | None:
    """The file in the folder that ``$PELLUCID_DATA`` names, if it is there."""
    path = Path(os.environ.get(FOLDER, ""), name, file)
    return path if os.environ.get(FOLDER) and path.is_file() else None


def require_local(name: str, file: str, source: str) -> Path:
    """The file of a data set that is not fetched. Raises DataError that says whence it comes and where to put it."""
    if (own := find_local(name, file)) is None:
        raise DataError(
            f"{name} is not fetched: get {file} from {source}, and set {FOLDER} to a folder with {name}/{file}"
        )
    return own


def cache_folder(name: str) -> Path:
    """The folder in the user's cache where files of the data set are kept."""
    import pooch

    return Path(pooch.os_cache("pellucid")) / name
