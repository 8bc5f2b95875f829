"""Data sets of recordings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from pellucid.data.base.collection import dataset_from_collection
from pellucid.data.base.dataset import Dataset
from pellucid.data.base.splits import FRACTIONS
from pellucid.data.sound.files import sounds_in
from pellucid.data.sound.preparation import SoundFeatures, Spectrogram


def dataset_from_sounds(
    path: str | os.PathLike[str],
    *,
    features: SoundFeatures = "log-mel",
    length: int | None = None,
    label_from: str | None = None,
    test: str | os.PathLike[str] | None = None,
    seed: int = 0,
    fractions: Sequence[float] = FRACTIONS,
) -> Dataset:
    """The data set of a folder of class folders of wav files, or of files whose names hold the class.

    Recordings that cannot be read are skipped, named and counted in the notes.

    Args:
        path: the folder.
        features: "log-mel" or "mfcc", see ``Spectrogram``.
        length: frames (of 16 ms) of each example; None takes what 95 % of the training recordings fit into.
        label_from: a pattern of file names, in which ``{label}`` stands for the class and ``*`` for anything, such as
            ``"{label}_*_*.wav"``; None takes the name of the folder.
        test: the path of a test part; None takes recordings of ``path``.
        seed: draws the recordings of each part.
        fractions: of the recordings, for training, validation and test.

    Returns:
        The data set; x is float32, (B, length, D), y labels (B,).

    Raises:
        DataError: for a folder without recordings or with a single class, and where librosa is not installed.
    """
    collection = sounds_in(Path(path), label_from, labelled=True)
    held = None if test is None else sounds_in(Path(test), label_from, labelled=True)
    fit = partial(Spectrogram.fit, form=features, length=length)
    return dataset_from_collection(collection, fit, seed=seed, fractions=fractions, test=held)
