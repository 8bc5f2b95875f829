"""Data sets of recordings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from pellucid.data.base.collection_dataset import dataset_from_collection
from pellucid.data.base.dataset import Dataset
from pellucid.data.base.splits import FRACTIONS
from pellucid.data.sound.files import sounds_in
from pellucid.data.sound.preparation import SoundFeatures, Spectrogram
from pellucid.data.tables.file_labels import choose_labelling


def dataset_from_sounds(
    path: str | os.PathLike[str],
    *,
    features: SoundFeatures = "log-mel",
    length: int | None = None,
    label_from: str | None = None,
    labels: str | os.PathLike[str] | None = None,
    target: str | None = None,
    task: str = "auto",
    drop_missing_target: bool = False,
    test: str | os.PathLike[str] | None = None,
    seed: int = 0,
    fractions: Sequence[float] = FRACTIONS,
) -> Dataset:
    """The data set of a folder of class folders of recordings (WAV, FLAC, MP3, Ogg ...).

    Folders train, val and test with class folders in each are the parts. Files that cannot be read or are no recordings
    are left out, named and counted in the notes.

    Args:
        path: the folder.
        features: "log-mel" or "mfcc", see ``Spectrogram``.
        length: frames (of 16 ms) of each example; None takes what 95 % of the training recordings fit into.
        label_from: a pattern of file names, in which ``{label}`` stands for the class and ``*`` for anything, such as
            ``"{label}_*_*.wav"``; None takes the name of the folder.
        labels: the path of a table with the names of the files in one column and their labels in another.
        target: the column of labels in that table; None takes the last.
        task: "auto", "classification" or "regression", which is for amounts in a table of labels.
        drop_missing_target: whether rows of that table without a label are left out, with their files.
        test: the path of a test part; None takes recordings of ``path``.
        seed: draws the recordings of each part.
        fractions: of the recordings, for training, validation and test.

    Returns:
        The data set; x is float32, (B, length, D), y labels (B,).

    Raises:
        DataError: for a folder without recordings or with a single class, and where librosa is not installed.
        ConfigError: for settings of a table of labels without one.
    """
    labelling = choose_labelling(label_from, labels, target, task, drop_missing_target=drop_missing_target)
    collection = sounds_in(Path(path), labelling)
    held = None if test is None else sounds_in(Path(test), labelling)
    fit = partial(Spectrogram.fit, form=features, length=length)
    return dataset_from_collection(collection, fit, seed=seed, fractions=fractions, test=held)
