"""Data sets of images: folders, idx files, arrays."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pellucid import validate
from pellucid.data.base.collection import Collection, collect_files
from pellucid.data.base.collection_dataset import dataset_from_collection
from pellucid.data.base.dataset import Dataset
from pellucid.data.base.splits import FRACTIONS
from pellucid.data.files.labels import Labelling
from pellucid.data.images.arrays import images_of, is_array
from pellucid.data.images.files import IMAGES
from pellucid.data.images.preparation import ImagePreparation
from pellucid.data.tables.file_labels import choose_labelling
from pellucid.errors import ConfigError


def dataset_from_images(
    path: str | os.PathLike[str],
    *,
    size: tuple[int, int] | None = None,
    label_from: str | None = None,
    labels: str | os.PathLike[str] | None = None,
    target: str | None = None,
    task: str = "auto",
    drop_missing_target: bool = False,
    test: str | os.PathLike[str] | None = None,
    seed: int = 0,
    fractions: Sequence[float] = FRACTIONS,
) -> Dataset:
    """The data set of a folder of class folders of images (PNG, JPEG, BMP, GIF ...), or of a file of arrays.

    Folders train, val and test with class folders in each are the parts. Files that cannot be read or are no images
    are left out, named and counted in the notes.

    Args:
        path: the folder; or an idx file ``...images-idx3-ubyte`` beside its ``...labels-idx1-ubyte``; or an ``.npz``
            file with the arrays x (B, H, W) or (B, H, W, 3) and y (B,).
        size: (height, width) in pixels, to which all images are resized; without it they must have one size.
        label_from: a pattern of file names that holds the class, see ``dataset_from_sounds``.
        labels: the path of a table with the names of the files in one column and their labels in another.
        target: the column of labels in that table; None takes the last.
        task: "auto", "classification" or "regression", which is for amounts in a table of labels.
        drop_missing_target: whether rows of that table without a label are left out, with their files.
        test: the path of a test part; None takes images of ``path``.
        seed: draws the images of each part.
        fractions: of the images, for training, validation and test.

    Returns:
        The data set; x is float32, (B, H W C), y labels (B,).

    Raises:
        DataError: for images of different sizes, a folder without images or with a single class.
        ConfigError: for a size that is none, and for settings of a table of labels without one.
    """
    if size is not None:
        _check_size(size)
    if labels is not None and is_array(Path(path)):
        raise ConfigError(f"labels is for folders of images, and {path} is a file of arrays: leave it out")
    labelling = choose_labelling(label_from, labels, target, task, drop_missing_target=drop_missing_target)
    collection = _read_labelled(Path(path), labelling)
    held = None if test is None else _read_labelled(Path(test), labelling)
    fit = partial(ImagePreparation.fit, size=size)
    return dataset_from_collection(collection, fit, seed=seed, fractions=fractions, test=held)


def _check_size(size: Any) -> None:
    """Raise ConfigError unless this is a height and a width."""
    if not isinstance(size, (tuple, list)) or len(size) != 2:
        raise ConfigError(f"dataset_from_images: size must be (height, width), such as (32, 48), not {size!r}")
    for name, pixels in zip(("height", "width"), size, strict=True):
        validate.positive_int("dataset_from_images", name, pixels)


def _read_labelled(path: Path, labelling: Labelling) -> Collection:
    return images_of(path, labelled=True) if is_array(path) else collect_files(path, IMAGES, labelling)
