"""Spoken digits (FSDD): 3,000 recordings of ten classes."""

from __future__ import annotations

from functools import partial

import numpy as np

from pellucid.data.base.collection import Collection
from pellucid.data.base.collection_dataset import dataset_from_collection
from pellucid.data.base.dataset import Dataset
from pellucid.data.base.splits import split
from pellucid.data.files.fetch import require_local
from pellucid.data.sound.files import read_archive
from pellucid.data.sound.preparation import SoundFeatures, Spectrogram


def spoken_digits(seed: int, features: SoundFeatures = "log-mel") -> Dataset:
    """The digits 0 to 9 spoken 50 times each by six people, 8,000 samples a second (Jackson 2016, FSDD).

    Of each digit and person the recordings 0 to 4 are the test part; a tenth of the others validates.
    """
    file = "fsdd_recordings.tar.gz"
    path = require_local("fsdd", file, "github.com/Jakobovski/free-spoken-digit-dataset (its folder, packed)")
    found = read_archive(path)
    names = [name.removesuffix(".wav").split("_") for name, _ in found]
    labels, index = tuple(name[0] for name in names), np.array([int(name[-1]) for name in names])
    collection = Collection("spoken-digits", [r for _, r in found], tuple(n for n, _ in found), labels, target="digit")
    learning = np.flatnonzero(index >= 5)
    people = np.array(["_".join(name[:2]) for name in names])
    train, validation = (
        learning[rows] for rows in split(len(learning), (0.9, 0.1), seed=seed, stratify=people[learning])
    )
    fit = partial(Spectrogram.fit, form=features, length=None)
    return dataset_from_collection(collection, fit, parts=(train, validation, np.flatnonzero(index < 5)))
