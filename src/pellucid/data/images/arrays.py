"""Images as arrays: idx files, npz and npy files."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.data.base.collection import Collection
from pellucid.data.files.idx import read_idx
from pellucid.errors import DataError

ENDINGS = (".npz", ".npy", ".idx", "-ubyte", "-ubyte.gz", ".idx.gz")

CUT_OFF = ("Failed to read all data", "cannot reshape")
"""What NumPy says, by its version, of a file that ends too soon."""


def is_array(path: Path) -> bool:
    """Whether this is the name of a file of arrays."""
    return path.name.lower().endswith(ENDINGS)


def images_of(path: Path, *, labelled: bool) -> Collection:
    """The images in a file of arrays, with their labels if they are ``labelled``.

    Those of an idx file lie in a file beside it; an npz file has the arrays x and y; an npy file has none.
    Raises DataError for what is no array of images, and where labels are missing or of a single class.
    """
    if not path.is_file():
        raise DataError(f"no such file: {path}")
    x = _require_pixels(_from_numpy(path, "x") if path.suffix in (".npz", ".npy") else read_idx(path), path)
    places = tuple(f"{path}, image {i}" for i in range(len(x)))
    if not labelled:
        return Collection(path.name, x, places)
    y = _labels(path)
    if y.shape != x.shape[:1]:
        raise DataError(f"{path}: {len(x)} images need as many labels, (B,), not {y.shape}")
    if len(set(y.tolist())) < 2:
        raise DataError(f"{path} has one class only, {y[0]}: give images of two classes or more")
    return Collection(path.name, x, places, tuple(map(str, y.tolist())))


def images_in_memory(data: Any) -> Collection:
    """The images of an array (B, H, W) or (B, H, W, 3), or of a list of arrays (H, W) or (H, W, 3).

    Raises DataError for what is no array of images.
    """
    if isinstance(data, np.ndarray):
        values: Any = _require_pixels(data, "the array")
    else:
        values = [_require_pixels(np.asarray(item)[None], f"image {i}")[0] for i, item in enumerate(data)]
    return Collection("the images", values, tuple(f"image {i}" for i in range(len(values))))


def _require_pixels(x: np.ndarray, path: Path | str) -> np.ndarray:
    if x.dtype.kind not in "buif":
        raise DataError(f"{path}: pixels are numbers, such as bytes from 0 to 255, not {x.dtype}")
    if x.ndim not in (3, 4) or (x.ndim == 4 and x.shape[3] not in (1, 3)) or not x.size:
        raise DataError(f"{path}: images are (B, H, W), or (B, H, W, 3) in colour, not {x.shape}")
    return x[..., 0] if x.ndim == 4 and x.shape[3] == 1 else x


def _labels(path: Path) -> np.ndarray:
    if path.suffix == ".npz":
        return _from_numpy(path, "y")
    beside = path.with_name(path.name.replace("images", "labels").replace("idx3", "idx1"))
    if path.suffix == ".npy" or beside == path or not beside.is_file():
        raise DataError(f"{path} needs labels: ...labels-idx1... beside ...images-idx3..., or an npz file with x and y")
    return read_idx(beside)


def _from_numpy(path: Path, name: str) -> np.ndarray:
    try:
        loaded = np.load(path, allow_pickle=False)
        array: np.ndarray = loaded if isinstance(loaded, np.ndarray) else loaded[name]
    except KeyError:
        raise DataError(f"{path} has no array {name!r}: x holds the images, y their classes") from None
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        if any(said in str(error) for said in CUT_OFF):
            raise DataError(f"{path} is cut off: write or copy it again") from None
        raise DataError(
            f"{path} is not a readable file of arrays ({error}): write it with numpy.savez(path, x=x, y=y)"
        ) from None
    return array
