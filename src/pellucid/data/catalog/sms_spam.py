"""SMS Spam Collection: 5,574 text messages, spam or not."""

from __future__ import annotations

from typing import Literal

import numpy as np

from pellucid.data.base.collection_dataset import dataset_from_collection
from pellucid.data.base.dataset import Dataset
from pellucid.data.base.preparation import Reading
from pellucid.data.base.splits import split
from pellucid.data.files.fetch import require_local
from pellucid.data.tables.labelled_lines import read_text_table
from pellucid.data.text.dataset import choose_fit
from pellucid.data.text.preparation import Level
from pellucid.data.text.tables import labelled_texts, with_text_target


def sms_spam(seed: int, level: Level = "character", features: Literal["sequence", "bag"] = "bag") -> Dataset:
    """5,574 text messages, 13 % of them spam (Almeida, Gómez Hidalgo and Yamakami 2011, UCI).

    The first 30 % train and, a fifth of them, validate; the rest is the test part, as in the paper.
    """
    path = require_local("sms-spam", "SMSSpamCollection", "archive.ics.uci.edu, data set 228")
    collection = labelled_texts(with_text_target(read_text_table(path, Reading(), strict=True), "text", None), "text")
    first = len(collection.labels) * 3 // 10
    train, validation = split(first, (0.8, 0.2), seed=seed, stratify=np.array(collection.labels[:first]))
    fit = choose_fit(level, features, None, None, "text")
    return dataset_from_collection(collection, fit, parts=(train, validation, np.arange(first, len(collection.labels))))
