from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pellucid.data import Table
from pellucid.data.text.tables import find_text_column, labelled_texts, texts_of, with_text_target
from pellucid.errors import DataError, UnknownNameError

LONG = ["what a fine day", "rain all day long", "it is so windy", "snow and more snow"]


def table_of(target=None, **columns):
    frame = pl.DataFrame(columns)
    return Table(frame, "t.csv", np.arange(2, 2 + len(frame)), "line", target)


def test_the_text_column_is_found():
    table = table_of(said=LONG, kind=["a", "b", "a", "b"])
    assert find_text_column(table, "kind") == "said"
    assert find_text_column(table, None) == "said"
    assert find_text_column(table_of(said=LONG, kind=list("abab"), size=["1", "2", "3", "4"]), "kind") is None
    assert find_text_column(table_of(word=list("wxyz"), kind=list("abab")), "kind") is None
    assert find_text_column(table_of(said=[LONG[0]] * 4, kind=list("abab")), "kind") is None  # it repeats: a category


def test_texts_of_a_column():
    collection = texts_of(table_of(said=[LONG[0], None], kind=["1.0", "2"]), "said", "kind")
    assert collection.values == [LONG[0], ""]
    assert (collection.labels, collection.places, collection.target) == (
        ("1.0", "2"),
        ("t.csv, line 2", "t.csv, line 3"),
        "kind",
    )
    assert texts_of(table_of(said=LONG), "said").labels == ()
    with pytest.raises(UnknownNameError, match=r"unknown column .* 'sad'"):
        texts_of(table_of(said=LONG), "sad")


def test_classes_are_the_target_or_the_last_other_column():
    columns = {"kind": list("abab"), "said": LONG, "size": ["1", "2", "1", "2"]}
    assert labelled_texts(with_text_target(table_of(**columns), "said", None), "said").target == "size"
    assert labelled_texts(with_text_target(table_of("kind", **columns), "said", None), "said").target == "kind"
    chosen = labelled_texts(with_text_target(table_of(**columns), "said", "kind"), "said")
    assert (chosen.target, chosen.notes) == ("kind", ("not used beside the text: size",))
    for target in ("said", None):
        with pytest.raises(DataError, match="needs a column of classes beside the text 'said'"):
            labelled_texts(with_text_target(table_of(said=LONG), "said", target), "said")
