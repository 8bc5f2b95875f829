"""Data sets of texts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from pellucid.data.base.collection_dataset import Fit, dataset_from_collection
from pellucid.data.base.dataset import Dataset
from pellucid.data.base.preparation import Reading
from pellucid.data.base.splits import FRACTIONS
from pellucid.data.tables.file_labels import choose_labelling
from pellucid.data.tables.labelled_lines import read_text_table
from pellucid.data.tables.task import choose_task
from pellucid.data.text.bag import TextBag
from pellucid.data.text.files import texts_in
from pellucid.data.text.preparation import Level
from pellucid.data.text.sequence import TextSequence
from pellucid.data.text.tables import find_text_column, labelled_texts, with_text_target
from pellucid.errors import DataError


def dataset_from_texts(
    path: str | os.PathLike[str],
    *,
    text: str | None = None,
    target: str | None = None,
    level: Level = "word",
    features: Literal["sequence", "bag"] = "sequence",
    vocabulary: int | None = None,
    length: int | None = None,
    label_from: str | None = None,
    labels: str | os.PathLike[str] | None = None,
    task: str = "auto",
    drop_missing_target: bool = False,
    test: str | os.PathLike[str] | None = None,
    reading: Reading | None = None,
    seed: int = 0,
    fractions: Sequence[float] = FRACTIONS,
) -> Dataset:
    """The data set of a folder of class folders of text files, or of a table with a column of texts.

    Folders train, val and test with class folders in each are the parts. Files that are no texts are left out, named
    and counted in the notes.
    Everything is fitted on the training texts only.

    Args:
        path: the folder, or the file of a table.
        text: the column of texts in a table, found out where there are only two columns.
        target: the column of classes in a table, likewise; or that of labels in the table ``labels``.
        level: whether the terms of a text are its words or its characters.
        features: "sequence" gives the numbers of the terms in their order, for an ``Embedding``; "bag" gives the weight
            of each term in the text.
        vocabulary: the largest number of terms; None is 10,000.
        length: terms of each sequence; None takes what 95 % of the training texts fit into.
        label_from: a pattern of file names that holds the class, see ``dataset_from_sounds``.
        labels: the path of a table with the names of the files of a folder in one column and their labels in another.
        task: "auto", "classification" or "regression", which is for amounts in a table.
        drop_missing_target: whether rows of a table that lack the target are left out; else one is an error.
        test: the path of a test part; None takes texts of ``path``.
        reading: header, marks of missing values and encoding of the files.
        seed: draws the texts of each part.
        fractions: of the texts, for training, validation and test.

    Returns:
        The data set; x is float32, (B, length) for a sequence and (B, vocabulary) for a bag, y labels (B,).

    Raises:
        DataError: for a file in another encoding, a vocabulary of one term, and a single class.
    """
    path, reading = Path(path), reading or Reading()
    held, column = None, None
    if path.is_dir():
        labelling = choose_labelling(label_from, labels, target, task, reading, drop_missing_target)
        collection = texts_in(path, reading, labelling)
        held = None if test is None else texts_in(Path(test), reading, labelling)
    else:
        table = read_text_table(path, reading, strict=True)
        column = text or find_text_column(table, target or table.target)
        if column is None:
            raise DataError(f"{table.name}: which column holds the texts? Say --text with one of {table.columns}")
        task = "classification" if task == "auto" else task
        table = with_text_target(table, column, target, drop_missing_target)
        choose_task(table, task)
        collection = labelled_texts(table, column, task)
        if test is not None:
            others = read_text_table(Path(test), reading, strict=True)
            others = with_text_target(others, column, table.target, drop_missing_target)
            held = labelled_texts(others, column, task)
    fit = choose_fit(level, features, vocabulary, length, column)
    return dataset_from_collection(collection, fit, seed=seed, fractions=fractions, test=held)


def choose_fit(level: Level, features: str, vocabulary: int | None, length: int | None, column: str | None) -> Fit:
    """How texts are made numbers, to be fitted."""
    if features == "bag":
        return partial(TextBag.fit, level=level, vocabulary=vocabulary, column=column)
    return partial(TextSequence.fit, level=level, vocabulary=vocabulary, length=length, column=column)
